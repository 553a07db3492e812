/** Own data and how long messages stay, on the in-memory Multichat. */
import type { RetentionChange } from "@multichat/client/contract";
import type { Handlers } from "./governing.ts";
import { idOf, me, now, positionOf, type World } from "./world.ts";

let made = 0;

/** @param told own data changed */
export function keeping(world: World, told: (key: string, value: string | null) => void): Handlers {
  const own = new Map<string, string>();
  return {
    "own.get": ({ key }) => ({ value: own.get(key) ?? null }),
    "own.set": ({ key, value }) => {
      if ((own.get(key) ?? null) === value) return {};
      if (value === null) own.delete(key);
      else own.set(key, value);
      told(key, value);
      return {};
    },
    "own.list": ({ prefix }) => ({
      entries: [...own].flatMap(([key, value]) => (key.startsWith(prefix) ? [{ key, value }] : [])),
    }),
    "channel.retention": ({ channel: id, seconds }) => {
      const channel = world.channels.find((found) => found.id === id)!;
      channel.retentionChanges.push(retentionChange({ of: "channel", seconds }));
      const space = world.spaces.find((found) => found.id === channel.space)!;
      channel.retention = shorter(seconds, space.retention?.seconds ?? 0);
      return { channel };
    },
    "space.retention": ({ space: id, seconds }) => {
      const space = world.spaces.find((found) => found.id === id)!;
      space.retention = retentionChange({ of: "space", seconds });
      return { space };
    },
  };
}

export function retentionChange(
  change: Partial<RetentionChange> & Pick<RetentionChange, "of" | "seconds">,
): RetentionChange {
  const at = change.at ?? Math.max(Date.now(), now);
  return {
    id: idOf(`retention ${made++}`),
    by: me,
    at,
    position: positionOf(at, 6_000_000 + made),
    ...change,
  };
}

function shorter(a: number, b: number): number {
  return a === 0 || (b !== 0 && b < a) ? b : a;
}
