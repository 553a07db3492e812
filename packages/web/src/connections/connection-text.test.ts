import type { Space } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { connectionText } from "./connection-text.ts";

const now = Date.UTC(2026, 10, 24, 9);
const detail = (connection: Partial<Space["connection"]>) => {
  const all = { connected: 1, of: 2, syncedAt: now - 600_000, missing: 0, ...connection };
  const space = { connection: all, removed: null } as Space;
  return connectionText(space, { running: true, offline: false, now }).detail;
};

test("who is connected and misses nothing is in sync now, however long nothing was written", () => {
  expect(detail({})).toBe("Last synced just now.");
  expect(detail({ missing: 3 })).toContain("3");
  expect(detail({ syncedAt: null })).toBe("Comparing with them now.");
});
