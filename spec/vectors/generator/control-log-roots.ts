/** Who stands above the ranks of a control log (spec/04-control.md, rules 8 and 9, Cuts): root keys, a parent, and cuts of the log itself. */
import { commitment, parentMessage } from "@multichat/core";
import { type ControlPayload, type EventId, type SpaceId, encode, encodeControlPayload, eventValue, idToBytes, toHex } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { type Person, anotherDevice, crypto, eventAt, nothing } from "../../../packages/core/test/people.ts";
import type { ToldHistory } from "./control-log-devices.ts";
import { type Setting, type Story, team } from "./control-log-story.ts";

const random = createSeededRandom("vectors/control-logs/roots");
const seeds = (count: number): Uint8Array[] => Array.from({ length: count }, () => random.bytes(32));
const keysOf = (of: readonly Uint8Array[]): Uint8Array[] => of.map(crypto.publicKey).sort((a, b) => (toHex(a) < toHex(b) ? -1 : 1));

/** Three generations of root keys, of which two of three sign. */
const [first, second, third] = [seeds(3), seeds(3), seeds(3)] as [Uint8Array[], Uint8Array[], Uint8Array[]];
const twoOfThree: Setting = { genesis: { root: [keysOf(first), 2, commitment(crypto, keysOf(second))] } };
const toSecond: ControlPayload<"root.rotate"> = { generation: 1, keys: keysOf(second), k: 2, next: commitment(crypto, keysOf(third)) };

/** A space whose removals may be applied, with three root keys. */
const parent = { space: toHex(random.bytes(32)) as SpaceId, seeds: seeds(3) };
const withParent: Setting = { genesis: { kind: "private", parents: [[parent.space, keysOf(parent.seeds)]] } };

/** The event by which somebody removed the account there. */
function removalThere(story: Story, by: Person, account: Person["account"], space: SpaceId = parent.space): Uint8Array {
  const place = { space, channel: space, seq: 1, prev: nothing, ctl: [space as never], auth: nothing, minute: 5 };
  return encode(eventValue(eventAt(story.random, by, "remove", encodeControlPayload("remove", { account }), place).wire));
}

function byRoots(story: Story, poster: Person, account: Person["account"], signing: readonly Uint8Array[]): Uint8Array {
  const message = parentMessage(crypto, story.space as never, account, story.next(poster) as never);
  return encode([idToBytes(parent.space as never), signing.map((seed) => [crypto.publicKey(seed), crypto.sign(seed, message)])]);
}

function apply(story: Story, poster: Person, account: Person["account"], proof: Uint8Array): EventId {
  return story.write(poster, "parent.applied", { account, proof });
}

/** Ann's laptop, which she gave up without the phrase, wrote beside that. */
function given(story: Story) {
  const { ann, moe } = team(story);
  const laptop = anotherDevice(story.random, ann.who, ann.who.made.identitySeed);
  const { account, device, certificate, acceptance } = laptop;
  const before = [story.write(laptop, "device.bind", { account, device, by: device, certificate, acceptance })];
  const kept = story.write(laptop, "policy.set", { key: "name", value: "Kept" }, { ctl: before, auth: ann.auth });
  const beyond = story.write(laptop, "policy.set", { key: "name", value: "Beyond" }, { ctl: [kept], auth: ann.auth });
  const cause = story.write(ann.who, "device.unbind", { account, device, by: ann.who.device, revocation: null, statement: null }, { ctl: before });
  const at: [Person["device"], number, EventId] = [device, story.log.get(kept)!.header.seq, kept];
  return { ann, moe, cause, at, beyond };
}

export const rootHistories: ToldHistory[] = [
  {
    what: "root keys: two of three make an owner; those committed to take over, and the former say nothing that these had not seen",
    setting: twoOfThree,
    tell(story) {
      const { ann, moe } = team(story);
      const grant = (to: Person, by: readonly Uint8Array[], generation: number, heads?: EventId[]) => story.rooted(ann.who, "grant", { account: to.account, role: story.owner }, generation, by, heads);
      grant(ann.who, first.slice(0, 2), 0);
      const before = story.heads();
      story.rooted(story.ada, "root.rotate", toSecond, 1, second, before);
      grant(moe.who, first.slice(1), 0, before);
      story.rooted(story.ada, "policy.set", { key: "name", value: "By the new keys" }, 1, second.slice(0, 2));
    },
  },
  {
    what: "a removal in the parent, applied by somebody who may remove people",
    setting: withParent,
    tell(story) {
      const { ann, bob } = team(story);
      apply(story, ann.who, bob.who.account, removalThere(story, story.ada, bob.who.account));
    },
  },
  {
    what: "a removal in the parent, applied by a member with the word of more than half of the parent's root keys",
    setting: withParent,
    tell(story) {
      const { ann, bob } = team(story);
      apply(story, bob.who, ann.who.account, byRoots(story, bob.who, ann.who.account, parent.seeds.slice(0, 2)));
    },
  },
  {
    what: "a cut of the control log: beyond the place, what a device did beside its unbinding is void",
    tell(story) {
      const { cause, at } = given(story);
      story.write(story.ada, "cut", { cause, channel: story.space as never, devices: [at], rest: false }, { auth: story.founder });
    },
  },
  {
    what: "a cut of the control log by somebody who is not senior says nothing",
    tell(story) {
      const { moe, cause, at } = given(story);
      story.write(moe.who, "cut", { cause, channel: story.space as never, devices: [at], rest: false }, { auth: moe.auth });
    },
  },
];

export const voidRootHistories: ToldHistory[] = [
  {
    what: "a statement of the root that one of three signed, where two are needed",
    setting: twoOfThree,
    tell(story) {
      const { ann } = team(story);
      story.rooted(ann.who, "grant", { account: ann.who.account, role: story.owner }, 0, first.slice(0, 1));
    },
  },
  {
    what: "a statement of root keys that its past knows to be replaced",
    setting: twoOfThree,
    tell(story) {
      const { ann } = team(story);
      story.rooted(story.ada, "root.rotate", toSecond, 1, second);
      story.rooted(ann.who, "grant", { account: ann.who.account, role: story.owner }, 0, first);
    },
  },
  {
    what: "a rotation to root keys that nobody had committed to",
    setting: twoOfThree,
    tell: (story) => void story.rooted(story.ada, "root.rotate", { ...toSecond, keys: keysOf(third) }, 1, third),
  },
  {
    what: "a rotation of root keys that only the former ones signed",
    setting: twoOfThree,
    tell: (story) => void story.rooted(story.ada, "root.rotate", toSecond, 1, first),
  },
  {
    what: "a removal in the parent of somebody else",
    setting: withParent,
    tell(story) {
      const { ann, moe, bob } = team(story);
      apply(story, ann.who, bob.who.account, removalThere(story, story.ada, moe.who.account));
    },
  },
  {
    what: "a removal in a space that is no parent",
    setting: withParent,
    tell(story) {
      const { ann, bob } = team(story);
      apply(story, ann.who, bob.who.account, removalThere(story, story.ada, bob.who.account, toHex(story.random.bytes(32)) as SpaceId));
    },
  },
  {
    what: "a removal in the parent, applied by a member who may not remove people",
    setting: withParent,
    tell(story) {
      const { bob } = team(story);
      const gus = story.person("Gus");
      story.join(gus, story.invite(story.role("Guest")));
      apply(story, bob.who, gus.account, removalThere(story, story.ada, gus.account));
    },
  },
  {
    what: "a removal in the parent, with the word of one of its three root keys",
    setting: withParent,
    tell(story) {
      const { ann, bob } = team(story);
      apply(story, bob.who, ann.who.account, byRoots(story, bob.who, ann.who.account, parent.seeds.slice(0, 1)));
    },
  },
  {
    what: "a cut that follows a mute",
    tell(story) {
      const { ann, bob, channel } = team(story);
      const cause = story.write(ann.who, "mute", { account: bob.who.account, on: true, until: 0 }, { auth: ann.auth });
      story.write(ann.who, "cut", { cause, channel: channel as never, devices: [], rest: true }, { auth: ann.auth });
    },
  },
];
