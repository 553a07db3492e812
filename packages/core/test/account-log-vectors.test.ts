/** Whole account logs of spec/vectors: what they say, whichever way their entries come. */
import { readFileSync } from "node:fs";
import { createAccountLog } from "@multichat/core";
import { type AccountId, type DeviceId, fromHex } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { describe, expect, test } from "vitest";
import { crypto } from "./people.ts";

interface Case {
  name: string;
  account: AccountId;
  genesis: string;
  entries: string[];
  identityKey: string;
  good: DeviceId[];
  notGood: DeviceId[];
}
const { logs } = JSON.parse(
  readFileSync(new URL("../../../spec/vectors/valid/accounts.json", import.meta.url), "utf8"),
) as { logs: Case[] };
const random = createSeededRandom(5);

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: random.bytes(4).join() }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ item }) => item);
}

describe.each(logs)("$name", ({ account, genesis, entries, identityKey, good, notGood }) => {
  test.each(["as written", "shuffled", "shuffled again", "in reverse"])("%s", (order) => {
    const log = createAccountLog(crypto, account, fromHex(genesis));
    const given =
      order === "as written"
        ? entries
        : order === "in reverse"
          ? entries.toReversed()
          : shuffled(entries);
    for (const entry of given) expect(log.add(fromHex(entry))).toBe(true);
    expect(log.entries().length).toBe(entries.length);
    expect(log.state().identityKey).toBe(identityKey);
    for (const device of good)
      expect({ device, good: log.isGood(device) }).toEqual({ device, good: true });
    for (const device of notGood)
      expect({ device, good: log.isGood(device) }).toEqual({ device, good: false });
    for (const [device, { standing }] of log.state().devices)
      expect(standing === "good").toBe(log.isGood(device));
    expect(log.add(fromHex(entries[0]!))).toBe(false);
  });
});

test("an entry with a signature that does not fit is not taken", () => {
  const [{ account, genesis, entries }] = logs as [Case];
  const log = createAccountLog(crypto, account, fromHex(genesis));
  const spoilt = fromHex(entries[0]!);
  spoilt[spoilt.length - 1]! ^= 1;
  expect(log.add(spoilt)).toBe(false);
  expect(log.state().devices.size).toBe(0);
});
