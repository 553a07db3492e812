/** Devices in the control log (spec/04-control.md, rule 7 and Proof): given up for good, forked, founding, and of a replaced key. */
import { type Event, signEntry, unbindStatement } from "@multichat/core";
import { type ControlPayload, type EventId, type SignedEntry, decodeSignedEntry, encodeContent, hlcAt, labels } from "@multichat/protocol";
import { type Person, anotherDevice, crypto, eventAt, start } from "../../../packages/core/test/people.ts";
import { type Setting, type Story, team } from "./control-log-story.ts";

export interface ToldHistory {
  what: string;
  tell(story: Story): void;
  setting?: Setting;
}

function bind(story: Story, device: Person, options: { ctl?: EventId[]; by?: Person } = {}): EventId {
  const { account, device: id, certificate, acceptance } = device;
  const writer = options.by ?? device;
  return story.write(writer, "device.bind", { account, device: id, by: writer.device, certificate, acceptance }, options.ctl === undefined ? {} : { ctl: options.ctl });
}

/** A strong unbinding. @param seed of the identity key */
function giveUp(story: Story, by: Person, gone: Person, seed: Uint8Array, heads: EventId[], signed: EventId[] = heads): EventId {
  const statement = crypto.sign(seed, unbindStatement(story.space as never, gone.device, [...signed].sort()));
  return story.write(by, "device.unbind", { account: gone.account, device: gone.device, by: by.device, revocation: null, statement }, { ctl: heads });
}

/** The rotation to the next identity key. */
function rotation({ made }: Person, story: Story): SignedEntry {
  const body = { type: "key.rotate" as const, identityKey: crypto.publicKey(made.nextSeed), nextKeyHash: crypto.sha256(labels.nextKey, crypto.publicKey(story.random.bytes(32))) };
  const entry = decodeSignedEntry(signEntry(crypto, { account: made.id, parents: [], hlc: hlcAt(start), body }, [made.identitySeed, made.nextSeed]));
  if (!entry.ok) throw new Error(entry.error);
  return entry.value;
}

/** Bob's second message twice, and a proof of it by Ann. */
function fork(story: Story) {
  const { channel, ann, bob } = team(story);
  story.say(bob.who, bob.auth, channel);
  const first = story.tip(bob.who, channel);
  const one = story.say(bob.who, bob.auth, channel);
  const other = story.say(bob.who, bob.auth, channel, { seq: 2, prev: first.id });
  const half = ({ wire }: Event): [Uint8Array, Uint8Array] => [wire.header, wire.signature];
  const prove = (a: Event, b: Event, change: Partial<ControlPayload<"proof">> = {}): EventId =>
    story.write(ann.who, "proof", { account: bob.who.account, device: bob.who.device, a: half(a), b: half(b), ...change });
  return { channel, ann, bob, one, other, half, prove };
}

const linkedFounder: Setting = { founder: (first, random) => ({ ...anotherDevice(random, first, first.signingSeed), first }) as Person };

/** The device that certified the founding one. */
function firstOf(founder: Person): Person {
  return (founder as Person & { first: Person }).first;
}

export const deviceHistories: ToldHistory[] = [
  {
    what: "a strong unbinding takes back what a stolen device did that it had not seen, whom that let in, and its unbinding of another",
    tell(story) {
      const { ann, bob, moe } = team(story);
      const laptop = ann.who;
      const phone = anotherDevice(story.random, laptop, laptop.made.identitySeed);
      const before = [bind(story, phone)];
      const helper = anotherDevice(story.random, laptop, laptop.signingSeed);
      const stolen = story.write(laptop, "remove", { account: bob.who.account }, { ctl: before, auth: ann.auth });
      bind(story, helper, { ctl: [stolen] });
      story.write(helper, "remove", { account: moe.who.account }, { auth: ann.auth });
      story.write(laptop, "device.unbind", { account: laptop.account, device: phone.device, by: laptop.device, revocation: null, statement: null });
      giveUp(story, phone, laptop, laptop.made.identitySeed, before);
    },
  },
  {
    what: "a strong unbinding comes too late once its account was removed by somebody who had not seen it",
    tell(story) {
      const { ann, bob } = team(story);
      const phone = anotherDevice(story.random, ann.who, ann.who.made.identitySeed);
      const before = [bind(story, phone)];
      story.write(ann.who, "remove", { account: bob.who.account }, { ctl: before, auth: ann.auth });
      story.write(story.ada, "remove", { account: ann.who.account }, { auth: story.founder });
      giveUp(story, phone, ann.who, ann.who.made.identitySeed, before);
    },
  },
  {
    what: "a proof that a device forked: of that feed nothing stands from there on",
    tell(story) {
      const { one, other, prove } = fork(story);
      prove(one, other);
    },
  },
  {
    what: "a proof that a device forked, and a cut that picks a branch",
    tell(story) {
      const { ann, bob, channel, one, other, prove } = fork(story);
      const cause = prove(one, other);
      story.write(ann.who, "cut", { cause, channel: channel as never, devices: [[bob.who.device, 2, one.id]], rest: false }, { auth: ann.auth });
    },
  },
  {
    what: "a workspace founded by a linked device, which first binds the one that certified it",
    setting: linkedFounder,
    tell(story) {
      bind(story, firstOf(story.ada), { by: story.ada });
      story.write(story.ada, "policy.set", { key: "name", value: "Ours" }, { auth: story.founder });
    },
  },
  {
    what: "a phrase that was replaced: what was let in with it beside the first binding by the new key counts for nothing, what that had seen stays",
    tell(story) {
      const { ann, bob } = team(story);
      const { identitySeed, nextSeed } = ann.who.made;
      const old = anotherDevice(story.random, ann.who, identitySeed);
      const before = [bind(story, old)];
      const found = anotherDevice(story.random, ann.who, identitySeed);
      const entered = bind(story, found, { ctl: before });
      story.write(found, "remove", { account: bob.who.account }, { ctl: [entered], auth: ann.auth });
      const fresh = anotherDevice(story.random, ann.who, nextSeed, [rotation(ann.who, story)]);
      const replaced = bind(story, fresh, { ctl: before });
      story.write(old, "policy.set", { key: "name", value: "Still mine" }, { ctl: [replaced], auth: ann.auth });
    },
  },
  {
    what: "a phrase that was replaced: another device of the account lets in one that only the old key had certified",
    tell(story) {
      const { ann } = team(story);
      const { identitySeed, nextSeed } = ann.who.made;
      bind(story, anotherDevice(story.random, ann.who, nextSeed, [rotation(ann.who, story)]));
      bind(story, anotherDevice(story.random, ann.who, identitySeed), { by: ann.who });
    },
  },
];

export const voidDeviceHistories: ToldHistory[] = [
  {
    what: "an unbinding with a statement that another key signed",
    tell(story) {
      const { ann, bob } = team(story);
      giveUp(story, bob.who, ann.who, bob.who.made.identitySeed, story.heads());
    },
  },
  {
    what: "an unbinding with a statement over other heads",
    tell(story) {
      const { ann, bob } = team(story);
      giveUp(story, bob.who, ann.who, ann.who.made.identitySeed, story.heads(), [story.space as never]);
    },
  },
  {
    what: "an unbinding of another account's device, without a word of that account",
    tell(story) {
      const { ann, bob } = team(story);
      story.write(bob.who, "device.unbind", { account: ann.who.account, device: ann.who.device, by: bob.who.device, revocation: null, statement: null });
    },
  },
  {
    what: "a proof of two headers of different places",
    tell(story) {
      const { bob, one, prove, half } = fork(story);
      const third = story.say(bob.who, bob.auth, one.header.channel as never);
      prove(one, one, { b: half(third) });
    },
  },
  {
    what: "a proof of one header twice",
    tell(story) {
      const { one, prove } = fork(story);
      prove(one, one);
    },
  },
  {
    what: "a proof with a header that the device did not sign",
    tell(story) {
      const { ann, bob, one, prove } = fork(story);
      const { channel, ctl, auth, prev } = one.header;
      const forged = eventAt(story.random, { ...ann.who, device: bob.who.device }, "message", encodeContent("message", { text: "forged" }), { space: story.space, channel, seq: 2, prev, ctl: [...ctl], auth, minute: 90 });
      prove(one, forged);
    },
  },
  {
    what: "an event of a linked device that founded a workspace, before the one that certified it is bound",
    setting: linkedFounder,
    tell: (story) => void story.write(story.ada, "policy.set", { key: "name", value: "Mine" }, { auth: story.founder }),
  },
  {
    what: "a binding by an identity key that its past knows to be replaced",
    tell(story) {
      const { ann } = team(story);
      bind(story, anotherDevice(story.random, ann.who, ann.who.made.nextSeed, [rotation(ann.who, story)]));
      bind(story, anotherDevice(story.random, ann.who, ann.who.made.identitySeed));
    },
  },
  {
    what: "an unbinding with a statement by an identity key that its past knows to be replaced",
    tell(story) {
      const { ann } = team(story);
      const fresh = anotherDevice(story.random, ann.who, ann.who.made.nextSeed, [rotation(ann.who, story)]);
      bind(story, fresh);
      giveUp(story, ann.who, fresh, ann.who.made.identitySeed, story.heads());
    },
  },
];
