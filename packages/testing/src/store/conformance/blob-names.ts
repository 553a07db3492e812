import type { BlobName } from "@multichat/core/ports";
import type { BlobId, EventId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  foreignChannel,
  idOf,
  makeEvent,
  makeEvents,
  otherSpace,
  space,
} from "../sample-events.ts";

const blobOf = (number: number): BlobId => idOf<EventId>(0xb_0000 + number) as string as BlobId;
const nameOf = (blob: number, event: number, fields: Partial<BlobName> = {}): BlobName => ({
  blob: blobOf(blob),
  event: idOf(event),
  size: 2 ** 40,
  thumb: false,
  ...fields,
});

export function describeBlobNames(makeStore: MakeStore): void {
  describe("names of blobs", () => {
    const subject = useStore(makeStore);

    it("are found by blob and by space", () => {
      const { store } = subject;
      store.putEvents([
        ...makeEvents(1, 2),
        makeEvent(3, { space: otherSpace, channel: foreignChannel }),
      ]);
      const names = [nameOf(1, 1), nameOf(2, 1, { thumb: true, size: 9 }), nameOf(1, 2)];
      store.putBlobNames([...names, nameOf(1, 3)]);
      store.putBlobNames(names);
      const found = subject.reopened();
      expect(found.blobNames(space)).toHaveLength(3);
      expect(found.blobNames(space)).toEqual(expect.arrayContaining(names));
      expect(found.blobNames(otherSpace)).toEqual([nameOf(1, 3)]);
      expect(found.eventsNaming(blobOf(1)).map((one) => [one.event, one.space])).toEqual([
        [idOf(1), space],
        [idOf(2), space],
        [idOf(3), otherSpace],
      ]);
      expect(found.eventsNaming(blobOf(7))).toEqual([]);
      expect(found.unnamedBlobs()).toEqual([]);
      expect(found.check()).toBeNull();
    });

    it("go with the payload; a blob that nothing else names is told of until it is forgotten", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 2));
      store.putBlobNames([nameOf(1, 1), nameOf(2, 1), nameOf(1, 2)]);
      store.dropPayloads([idOf(1)]);
      expect(subject.reopened().unnamedBlobs()).toEqual([blobOf(2)]);
      subject.store.putExpiries([{ event: idOf(2), at: 1 }]);
      expect(subject.store.purgeDue(1, 9).events).toEqual([idOf(2)]);
      expect(subject.store.unnamedBlobs().toSorted()).toEqual([blobOf(1), blobOf(2)]);
      subject.store.forgetUnnamed([blobOf(1)]);
      expect(subject.reopened().unnamedBlobs()).toEqual([blobOf(2)]);
      expect(subject.store.blobNames(space)).toEqual([]);
    });

    it("that are given anew count again", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 2));
      store.putBlobNames([nameOf(1, 1)]);
      store.dropPayloads([idOf(1)]);
      store.putBlobNames([nameOf(1, 2)]);
      expect(store.unnamedBlobs()).toEqual([]);
    });

    it("go with their space", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1), makeEvent(3, { space: otherSpace, channel: foreignChannel })]);
      store.putBlobNames([nameOf(1, 1), nameOf(2, 1), nameOf(2, 3)]);
      store.dropSpace(space);
      expect(store.unnamedBlobs()).toEqual([blobOf(1)]);
      expect(store.blobNames(space)).toEqual([]);
      expect(store.eventsNaming(blobOf(2))).toHaveLength(1);
    });

    it("are taken back with a transaction that fails", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1)]);
      store.putBlobNames([nameOf(1, 1)]);
      const failing = (): void =>
        store.transaction(() => {
          store.dropPayloads([idOf(1)]);
          throw new Error("no");
        });
      expect(failing).toThrow("no");
      expect(store.unnamedBlobs()).toEqual([]);
      expect(store.blobNames(space)).toHaveLength(1);
    });
  });
}
