import type { StoredRecord } from "@multichat/core/ports";
import type { AccountId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import { alice, bob, bytesOf, idOf, makeEvent, otherSpace, space } from "../sample-events.ts";

export function makeRecord(fields: Partial<StoredRecord> = {}): StoredRecord {
  return {
    scope: space,
    account: idOf<AccountId>(0xa_0001),
    device: alice,
    type: "profile",
    key: bytesOf(),
    hlc: 10n,
    bytes: bytesOf(1, 2, 3),
    signature: new Uint8Array(64).fill(1),
    ...fields,
  };
}

export function describeRecords(makeStore: MakeStore): void {
  describe("records", () => {
    const subject = useStore(makeStore);

    it("come back as they were put", () => {
      const record = makeRecord({ hlc: (1n << 63n) - 1n, key: bytesOf(0, 255) });
      expect(subject.store.putRecord(record)).toBe(true);
      expect(subject.reopened().records(space)).toEqual([record]);
      expect(subject.store.records(otherSpace)).toEqual([]);
    });

    it("are replaced by a newer one only", () => {
      const { store } = subject;
      store.putRecord(makeRecord());
      expect(store.putRecord(makeRecord({ hlc: 9n, bytes: bytesOf(9) }))).toBe(false);
      expect(store.putRecord(makeRecord())).toBe(false);
      const newer = makeRecord({ hlc: 11n, bytes: bytesOf(0), signature: bytesOf(7) });
      expect(store.putRecord(newer)).toBe(true);
      expect(subject.reopened().records(space)).toEqual([newer]);
    });

    it("of one hlc are decided by their bytes, the same way on every node", () => {
      const larger = makeRecord({ bytes: bytesOf(1, 2, 4) });
      const { store } = subject;
      store.putRecord(makeRecord());
      expect(store.putRecord(larger)).toBe(true);
      expect(store.putRecord(makeRecord())).toBe(false);
      expect(store.putRecord(makeRecord({ bytes: bytesOf(1, 2) }))).toBe(false);
      expect(store.putRecord(makeRecord({ bytes: bytesOf(0x80) }))).toBe(true);
    });

    it("stand side by side for each scope, account, device, type and key", () => {
      const { store } = subject;
      const records = [
        makeRecord(),
        makeRecord({ scope: otherSpace }),
        makeRecord({ account: idOf<AccountId>(0xa_0002) }),
        makeRecord({ device: bob }),
        makeRecord({ type: "addresses" }),
        makeRecord({ key: bytesOf(0) }),
      ];
      expect(records.map((record) => store.putRecord(record))).toEqual(records.map(() => true));
      const again = subject.reopened();
      expect(again.records(space)).toHaveLength(5);
      expect(again.records(space, "addresses")).toEqual([records[4]]);
      expect(again.records(space, "nothing")).toEqual([]);
    });

    it("are told by when they came, so that nobody is told all of them again", () => {
      const { store } = subject;
      const [before, after] = [makeRecord(), makeRecord({ device: bob })];
      store.putRecord(before);
      const [first] = store.putEvents([makeEvent(1)]);
      store.putRecord(after);
      const [second] = store.putEvents([makeEvent(2)]);
      const again = subject.reopened();
      expect(again.recordsSince(space, 0)).toEqual([before, after]);
      // It came after the first event, but before any later one: who has all up to the first may have it or not.
      expect(again.recordsSince(space, first!)).toEqual([after]);
      expect(again.recordsSince(space, second!)).toEqual([]);
      const newer = makeRecord({ hlc: 11n });
      again.putRecord(newer);
      expect(again.recordsSince(space, second!)).toEqual([newer]);
      expect(again.recordsSince(otherSpace, 0)).toEqual([]);
    });
  });
}
