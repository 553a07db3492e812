/** What devices wrote that their account took back (spec/04-control.md, rule 7): hidden everywhere, whichever came first. */
import { type Event, createReplica, founderGrantId, signEntry, unbindStatement } from "@multichat/core";
import { type ChannelId, type ControlKind, type ControlPayload, type EventId, type SpaceId, decodeSignedEntry, encodeContent, hlcAt, labels, toHex } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import { describe, expect, it } from "vitest";
import { type Person, anotherDevice, controlEvent, createPerson, crypto, eventAt, genesisOf, nothing, start } from "../people.ts";

const later = start + 10 * 3_600_000;

/** Ada's phone, and a device that was let in by her laptop or her old phrase; and what ends the latter. */
function history(kind: "strong unbinding" | "replaced phrase") {
  const random = createSeededRandom(`attacks/taken-back/${kind}`);
  const ada = createPerson(random, "Ada");
  const genesis = genesisOf(random, ada);
  const space = genesis.id as SpaceId;
  const tips = new Map<string, { seq: number; id: EventId }>([[ada.device, { seq: 1, id: genesis.id }]]);
  let minute = 0;
  const write = <K extends ControlKind>(who: Person, name: K, payload: ControlPayload<K>, ctl: EventId[], auth: EventId = nothing): Event => {
    const tip = tips.get(who.device) ?? { seq: 0, id: nothing };
    const event = controlEvent(random, who, name, payload, { space, channel: space, seq: tip.seq + 1, prev: tip.id, ctl, auth, minute: ++minute });
    tips.set(who.device, { seq: tip.seq + 1, id: event.id });
    return event;
  };
  const bind = (device: Person, ctl: EventId[]): Event => write(device, "device.bind", { account: device.account, device: device.device, by: device.device, certificate: device.certificate, acceptance: device.acceptance }, ctl);
  const owner = founderGrantId(crypto, genesis.id);
  const channel = write(ada, "channel.create", { name: "general", type: "text" }, [genesis.id], owner);
  const { identitySeed, nextSeed } = ada.made;
  const stranger = anotherDevice(random, ada, kind === "replaced phrase" ? identitySeed : ada.signingSeed);
  const entered = bind(stranger, [channel.id]);
  const said = eventAt(random, stranger, "message", encodeContent("message", { text: "hello" }), { space, channel: channel.id as string as ChannelId, seq: 1, prev: nothing, ctl: [entered.id], auth: owner, minute: ++minute });
  const ending = (): Event[] => {
    if (kind === "replaced phrase") {
      const body = { type: "key.rotate" as const, identityKey: crypto.publicKey(nextSeed), nextKeyHash: crypto.sha256(labels.nextKey, random.bytes(32)) };
      const rotation = decodeSignedEntry(signEntry(crypto, { account: ada.account, parents: [], hlc: hlcAt(start), body }, [identitySeed, nextSeed]));
      if (!rotation.ok) throw new Error(rotation.error);
      return [bind(anotherDevice(random, ada, nextSeed, [rotation.value]), [channel.id])];
    }
    const phone = anotherDevice(random, ada, identitySeed);
    const bound = bind(phone, [channel.id]);
    const statement = crypto.sign(identitySeed, unbindStatement(space as never, ada.device, [bound.id]));
    return [bound, write(phone, "device.unbind", { account: ada.account, device: ada.device, by: phone.device, revocation: null, statement }, [bound.id])];
  };
  return { space, channel: channel.id as string as ChannelId, begin: [genesis, channel, entered], said, ending: ending() };
}

describe.each(["strong unbinding", "replaced phrase"] as const)("after a %s", (kind) => {
  it("what a device wrote that had been let in beside it is shown nowhere", () => {
    const { space, channel, begin, said, ending } = history(kind);
    const reader = createPerson(createSeededRandom("reader"), "Reader");
    const node = (...orders: Event[][]) => {
      const store = createMemoryStore({ random: createSeededRandom(0) });
      store.putSpace({ id: space, secret: new Uint8Array(32), state: "member", joinedAt: 0 });
      const replica = createReplica({ store, crypto, self: { device: reader.device, account: reader.account } }, space, 0);
      const received = orders.map((order) => replica.receive(order, later, "peer"));
      return { shown: store.timeline(channel, {}, 100).map(({ id }) => id), digest: toHex(replica.digest()), hidden: received.flatMap(({ hidden }) => hidden), devices: replica.state()!.devices.size };
    };
    expect(node(begin, [said]).shown).toEqual([said.id]);
    const before = node(begin, [said], ending);
    const after = node(begin, ending, [said]);
    expect(before.hidden).toEqual([{ channel, ids: [said.id] }]);
    for (const { shown, digest } of [before, after]) {
      expect(shown).toEqual([]);
      expect(digest).toBe(after.digest);
    }
  });
});
