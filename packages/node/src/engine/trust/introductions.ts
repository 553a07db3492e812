/**
 * Introductions (spec/10-trust.md): this account brings two others together, or is brought together with somebody. What each
 * is about is kept with the person's own data; what travels is made anew from that for each reader.
 */
import { openIntroduction, sealIntroduction, signRecord } from "@multichat/core";
import type { Crypto, Random, Store, StoredRecord } from "@multichat/core/ports";
import type { Introduction } from "@multichat/client/contract";
import { type AccountId, type IntroductionContent, type IntroductionId, type IntroductionOffer, type IntroductionPeer, type SpaceId, decodeIntroduction, encodeIntroduction, idToBytes, limits, nextHlc, toHex } from "@multichat/protocol";
import { z } from "zod";
import { Failure } from "../failure.ts";
import type { OwnData } from "../accounts/own-data.ts";
import { type People, newest, valueOf } from "./people.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import { type TrustBook, parsed } from "./book.ts";
import type { AccountKeyring } from "./keys.ts";
import type { DeviceKeys } from "../vault.ts";

/** For how long both may think about it. */
const openMs = 30 * 24 * 60 * 60_000;
const longestMs = 60 * 24 * 60 * 60_000;
/** Requests that wait for an answer: nobody can fill somebody else's own data. */
const mostWaiting = 64;

const id = z.string().regex(/^[0-9a-f]{64}$/);
const answer = z.boolean().nullable();
const party = z.object({ account: id, space: id, accepted: answer });
const kept = z.discriminatedUnion("role", [
  z.object({ role: z.literal("introducer"), parties: z.tuple([party, party]), until: z.number() }),
  z.object({
    role: z.literal("party"), by: id, space: id, subject: id, name: z.string(),
    peers: z.array(z.object({ device: id, addresses: z.array(z.string()) })),
    until: z.number(), answer, other: z.boolean(),
  }),
]);
type Kept = z.infer<typeof kept>;
type Made = Extract<Kept, { role: "introducer" }>;
type Offered = Extract<Kept, { role: "party" }>;

export interface Introductions {
  create(a: AccountId, b: AccountId): Introduction;
  answer(id: IntroductionId, accept: boolean): Introduction;
  list(): Introduction[];
  /** Those that wait for this account's answer. */
  waiting(): number;
  /** A record of this type arrived. */
  learned(space: Space, record: StoredRecord): void;
}

export function createIntroductions(deps: {
  store: Store;
  crypto: Crypto;
  random: Random;
  spaces: Spaces;
  people: People;
  own: OwnData;
  book: TrustBook;
  keys: AccountKeyring;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  /** Where this account's devices can be found. */
  peersOf(account: AccountId): IntroductionPeer[];
  publish(record: StoredRecord, space: Space): void;
}): Introductions {
  const { store, crypto, spaces, people, own, book, keys, device, account: self } = deps;
  const place = (of: IntroductionId): string => `introduction/${of}`;

  function all(): [IntroductionId, Kept][] {
    return own.entries("introduction/").flatMap(({ key, value }): [IntroductionId, Kept][] => {
      const found = parsed(kept, value);
      return found === null ? [] : [[key.slice("introduction/".length), found]];
    });
  }

  function keep(of: IntroductionId, value: Kept): void {
    own.set(place(of), JSON.stringify(value));
  }

  /** The most private one of those in which both are. */
  function sharedWith(account: AccountId): Space {
    const size = (space: Space): number => space.replica.state()!.members.size;
    const [best] = [...spaces.shared()]
      .filter((space) => space.row.state === "member" && keys.agreementKeys(space, account).size > 0)
      .sort((a, b) => size(a) - size(b) || (a.id < b.id ? -1 : 1));
    if (best === undefined) throw new Failure("not-found", `You share no workspace with ${people.person(account).name}, so nothing reaches them.`);
    return best;
  }

  /** All that this account has to say to another in one space. */
  function contentFor(reader: AccountId, space: SpaceId): IntroductionContent {
    const now = deps.now();
    const open = all().filter(([, { until }]) => until > now).sort(([, a], [, b]) => b.until - a.until);
    const offers = open.flatMap(([of, value]): IntroductionOffer[] => {
      if (value.role !== "introducer") return [];
      const index = value.parties.findIndex((one) => one.account === reader && one.space === space);
      if (index === -1) return [];
      const other = value.parties[1 - index]!;
      const subject = other.account as AccountId;
      // The petname is nobody else's business.
      const name = people.nameOf(subject).chosen ?? people.person(subject).name;
      return [{ id: of, subject, name, peers: deps.peersOf(subject), until: value.until, accepted: other.accepted === true }];
    });
    const answers = open.flatMap(([of, value]) =>
      value.role === "party" && value.by === reader && value.space === space && value.answer !== null ? [{ id: of, accepted: value.answer }] : [],
    );
    return { offers: offers.slice(0, limits.introductionOffers), answers: answers.slice(0, limits.introductionAnswers) };
  }

  function tell(reader: AccountId, spaceId: string): void {
    const space = spaces.get(spaceId as SpaceId);
    if (space === null) return;
    const sealed = sealIntroduction(deps, { space: space.id, author: self, reader }, keys.agreementKeys(space, reader), contentFor(reader, space.id));
    if (sealed === null) return;
    const key = idToBytes(reader);
    const previous = newest(store.records(space.id, "introduction").filter((record) => record.account === self && toHex(record.key) === reader));
    const record = signRecord(crypto, device.signingSeed, {
      scope: space.id, account: self, device: device.id, type: "introduction", key,
      hlc: nextHlc(deps.now(), previous === undefined ? [] : [previous.hlc]), value: encodeIntroduction(sealed),
    });
    deps.publish(record, space);
  }

  function takeOffer(space: Space, author: AccountId, offer: IntroductionOffer): void {
    const now = deps.now();
    const { id: of, subject, name, peers, until, accepted } = offer;
    const known = parsed(kept, own.get(place(of)));
    if (known === null) {
      if (until <= now || until > now + longestMs || subject === self || subject === author || waiting() >= mostWaiting) return;
      keep(of, { role: "party", by: author, space: space.id, subject, name, peers, until, answer: null, other: accepted });
    } else if (known.role === "party" && known.by === author && known.space === space.id && known.subject === subject) {
      settle(of, { ...known, peers, other: known.other || accepted });
    }
  }

  function takeAnswer(space: Space, author: AccountId, of: IntroductionId, accepted: boolean): void {
    const known = parsed(kept, own.get(place(of)));
    if (known?.role !== "introducer") return;
    const index = known.parties.findIndex((one) => one.account === author && one.space === space.id);
    // The first answer counts.
    if (index === -1 || known.parties[index]!.accepted !== null) return;
    const parties: Made["parties"] = [{ ...known.parties[0] }, { ...known.parties[1] }];
    parties[index]!.accepted = accepted;
    keep(of, { ...known, parties });
    const other = parties[1 - index]!;
    if (accepted) tell(other.account as AccountId, other.space);
  }

  /** Both want it: now they know each other. */
  function settle(of: IntroductionId, value: Offered): void {
    keep(of, value);
    const { answer: mine, other, by, name, peers } = value;
    const subject = value.subject as AccountId;
    if (mine === true && other) book.introduce(subject, { at: book.introduced(subject)?.at ?? deps.now(), by: by as AccountId, name, peers: peers as IntroductionPeer[] });
  }

  function present(of: IntroductionId, value: Kept): Introduction {
    const isOver = value.until <= deps.now();
    if (value.role === "introducer") {
      const answers = value.parties.map(({ accepted }) => accepted);
      const state = answers.every((one) => one === true) ? "done" : answers.includes(false) ? "declined" : isOver ? "expired" : "open";
      const parties = value.parties.map(({ account, accepted }) => ({ ...people.person(account as AccountId), accepted }));
      return { id: of, role: "made", by: people.person(self), people: parties, answer: null, until: value.until, state };
    }
    const { answer: mine, other } = value;
    const state = mine === true && other ? "done" : mine === false ? "declined" : isOver ? "expired" : "open";
    const subject = { id: value.subject, name: people.nameOf(value.subject as AccountId).petname ?? value.name, accepted: other ? true : null };
    return { id: of, role: "received", by: people.person(value.by as AccountId), people: [subject], answer: mine, until: value.until, state };
  }

  function waiting(): number {
    const now = deps.now();
    return all().filter(([, value]) => value.role === "party" && value.answer === null && value.until > now).length;
  }

  /** What nobody can answer any more. */
  function prune(): void {
    const now = deps.now();
    for (const [of, { until }] of all()) if (until + longestMs < now) own.set(place(of), null);
  }

  return {
    create(a, b) {
      if (a === b || a === self || b === self) throw new Failure("bad-request", "An introduction is between two other people.");
      prune();
      const parties: Made["parties"] = [{ account: a, space: sharedWith(a).id, accepted: null }, { account: b, space: sharedWith(b).id, accepted: null }];
      const same = all().find(([, value]) => value.role === "introducer" && present("", value).state === "open" && value.parties.every(({ account }) => account === a || account === b));
      if (same !== undefined) return present(...same);
      const of = toHex(deps.random.bytes(16));
      const value: Made = { role: "introducer", parties, until: Math.floor(deps.now() + openMs) };
      keep(of, value);
      for (const { account, space } of parties) tell(account as AccountId, space);
      return present(of, value);
    },
    answer(of, accept) {
      const value = parsed(kept, own.get(place(of)));
      if (value?.role !== "party") throw new Failure("not-found", "There is no such introduction here.");
      if (value.answer !== null) throw new Failure("bad-request", "You have answered this one already.");
      if (value.until <= deps.now()) throw new Failure("bad-request", "This introduction has expired. Ask for a new one.");
      const answered = { ...value, answer: accept };
      settle(of, answered);
      tell(value.by as AccountId, value.space);
      return present(of, answered);
    },
    list: () => all().map(([of, value]) => present(of, value)).sort((a, b) => b.until - a.until),
    waiting,
    learned(space, record) {
      const author = record.account;
      if (toHex(record.key) !== self || author === self || book.blocked(author)) return;
      const latest = newest(store.records(space.id, "introduction").filter((one) => one.account === author && toHex(one.key) === self));
      const sealed = valueOf(latest, decodeIntroduction);
      if (sealed === null) return;
      const reader = { device: device.id, agreementKey: device.agreementKey };
      const content = openIntroduction(crypto, { space: space.id, author, reader: self }, reader, sealed);
      // Sealed before this device belonged: another one of this account has it.
      if (!content.ok) return;
      for (const offer of content.value.offers) takeOffer(space, author, offer);
      for (const { id: of, accepted } of content.value.answers) takeAnswer(space, author, of, accepted);
    },
  };
}
