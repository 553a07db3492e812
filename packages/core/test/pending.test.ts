import { type EventId, type SpaceId, encodeContent, hlcTime, idFromBytes } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { describe, expect, it } from "vitest";
import { createPending, pendingLimits } from "../src/replica/pending.ts";
import { createPerson, eventAt, nothing } from "./people.ts";

const random = createSeededRandom("pending");
const [alice, eve] = [createPerson(random, "Alice"), createPerson(random, "Eve")];
const space = idFromBytes<SpaceId>(random.bytes(32));
const real = eventAt(random, alice, "message", encodeContent("message", { text: "wait for me" }), { space, channel: space, seq: 1, prev: nothing, ctl: [space], auth: space, minute: 1 });
const another = (size = 100) => ({ ...real, id: idFromBytes<EventId>(random.bytes(32)), wire: { ...real.wire, payload: new Uint8Array(size) } });

describe("what waits", () => {
  it("is given back once, in the order it came, when what it lacks or its time has come", () => {
    const pending = createPending();
    const [one, two, three, early] = [another(), another(), another(), another()];
    const [lacked, other] = [real.id, another().id];
    pending.add(one, alice.device, lacked);
    pending.add(two, alice.device, lacked);
    pending.add(one, alice.device, lacked);
    pending.add(three, alice.device, other);
    pending.add(early, alice.device, null);
    expect(pending.size()).toBe(4);
    expect(pending.waitingFor(lacked)).toEqual([one, two]);
    expect(pending.takeFreed(lacked)).toEqual([one, two]);
    expect(pending.takeFreed(lacked)).toEqual([]);
    expect(pending.has(one.id)).toBe(false);
    expect(pending.firstStamp()).toBe(hlcTime(early.header.hlc));
    expect(pending.takeDue(early.header.hlc - 1n)).toEqual([]);
    expect(pending.takeDue(early.header.hlc)).toEqual([early]);
    expect(pending.size()).toBe(1);
  });

  it("is not pushed out by whoever sends most, whether many events or large ones", () => {
    for (const [count, size] of [[pendingLimits.events + 500, 10], [600, 60_000]] as const) {
      const pending = createPending();
      pending.add(real, alice.device, null);
      for (let i = 0; i < count; i++) pending.add(another(size), i % 2 === 0 ? eve.device : "strangers", space as unknown as EventId);
      expect(pending.has(real.id)).toBe(true);
      expect(pending.size()).toBeLessThanOrEqual(pendingLimits.events);
      const bytes = [...pending.takeDue(real.header.hlc), ...pending.takeFreed(space as unknown as EventId)].reduce((sum, { wire }) => sum + wire.payload!.length, 0);
      expect(bytes).toBeLessThanOrEqual(pendingLimits.bytes);
    }
  });
});
