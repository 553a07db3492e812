/** The node's own small settings. */
import type { Store } from "@multichat/core/ports";
import type { Connection } from "./connection.ts";

export function createSettings(
  connection: Connection,
): Pick<Store, "setting" | "putSetting" | "settings"> {
  const get = connection.query("SELECT value FROM settings WHERE key = ?", ["text"]);
  const put = connection.command("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)");
  const remove = connection.command("DELETE FROM settings WHERE key = ?");
  const from = connection.query("SELECT key, value FROM settings WHERE key >= ? ORDER BY key", [
    "text",
    "text",
  ]);

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
