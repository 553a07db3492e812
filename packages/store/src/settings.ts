/** The node's own small settings. */
import type { Store } from "@multichat/core/ports";
import type { Connection } from "./connection.ts";

export function createSettings(
  connection: Connection,
): Pick<Store, "setting" | "putSetting" | "settings"> {
  const get = connection.statement<[string]>("SELECT value FROM settings WHERE key = ?");
  const put = connection.statement("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)");
  const remove = connection.statement("DELETE FROM settings WHERE key = ?");
  const from = connection.statement<[string, string]>(
    "SELECT key, value FROM settings WHERE key >= ? ORDER BY key",
  );

  return {
    setting: (key) => get.get(key)?.[0] ?? null,
    putSetting: (key, value) =>
      connection.transaction(() => void (value === null ? remove.run(key) : put.run(key, value))),
    settings(prefix) {
      const found: { key: string; value: string }[] = [];
      for (const [key, value] of from.each(prefix)) {
        // Keys that share a prefix stand together, so the first that does not ends them.
        if (!key.startsWith(prefix)) break;
        found.push({ key, value });
      }
      return found;
    },
  };
}
