/** Private channels and direct conversations (spec/11-private-spaces.md): the services, made and told of each other. */
import { type ControlState, inviteSeed, plainName, sameBytes, shownName } from "@multichat/core";
import type { Clock, Crypto, Store } from "@multichat/core/ports";
import type { Person, SpaceNature } from "@multichat/client/contract";
import type { AccountId, DeviceId, EventId, SharedSpace, SpaceId } from "@multichat/protocol";
import { parseAccountId } from "@multichat/protocol";
import type { AccountLogs } from "../accounts/account-logs.ts";
import type { Author } from "../conversation/author.ts";
import { type Direct, createDirect } from "./direct.ts";
import { standingInviteKey } from "./founding.ts";
import type { DeliveryMarks } from "../conversation/delivery-marks.ts";
import type { Entrance } from "../joining/joins.ts";
import { type Offers, createOffers } from "../joining/offers.ts";
import type { OwnData } from "../accounts/own-data.ts";
import type { People } from "../trust/people.ts";
import { type PrivateSpaces, createPrivateSpaces, kindOf } from "./spaces.ts";
import type { Pushes } from "../conversation/pushes.ts";
import { type Requests, createRequests } from "./requests.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { TrustBook } from "../trust/book.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";
import type { Sync } from "@multichat/net/sync";

export interface PrivateSide {
  readonly privateSpaces: PrivateSpaces;
  readonly direct: Direct;
  readonly offers: Offers;
  readonly requests: Requests;
  about(space: Space): SpaceNature;
  /** What it is called: of a conversation, by the people in it. */
  nameOf(space: Space): string;
  /** Why nothing is to be written any more in a conversation, in words; null where it can. */
  readOnly(space: Space): string | null;
  /** How this device enters a space where its account belongs. */
  entrance(space: Space, state: ControlState): Entrance;
  isStanding(space: Space, invite: EventId): boolean;
  mayEnter(space: SpaceId, account: AccountId, device: DeviceId): boolean;
  /** After a start. */
  resume(): void;
  /** A control log changed. */
  settle(space: Space): void;
  /** This device is in a space now. */
  entered(space: Space): void;
}

const overText = "The other has left this conversation. What is here stays readable; write to them again to begin a new one.";
const replacedText = "You both began this conversation at the same time. It goes on in the other one; what is here stays readable.";

export function createPrivateSide(deps: {
  store: Store;
  crypto: Crypto;
  clock: Clock;
  spaces: Spaces;
  author: Author;
  logs: AccountLogs;
  own: OwnData;
  people: People;
  book: TrustBook;
  account: AccountKeys;
  device: DeviceKeys;
  now(): number;
  stopped(): string | null;
  isFresh(space: Space): boolean;
  wrote(space: Space, received: ReturnType<Author["write"]>["received"]): void;
  sync(): Pick<Sync, "greeted" | "sendOffer">;
  pushes(): Pushes;
  marks: Pick<DeliveryMarks, "audienceChanged">;
  peersOf(space: Space): SharedSpace["peers"];
  enterSpace(space: SharedSpace, offeredBy: ReadonlySet<DeviceId>): void;
  /** Members, or devices to look for, are others than before. */
  refresh(): void;
  log(event: string): void;
}): PrivateSide {
  const { store, crypto, spaces, people, book, account, logs, now, stopped } = deps;
  const direct = createDirect({ spaces, author: deps.author, now });
  const privateSpaces = createPrivateSpaces({
    store, crypto, spaces, author: deps.author, account: account.id, stopped, isFresh: deps.isFresh, wrote: deps.wrote,
    changed(space) {
      deps.pushes().markMembers(space.id);
      deps.marks.audienceChanged(space);
      deps.refresh();
    },
  });
  const requests = createRequests({
    store, now,
    person: (id, name) => ({ id, name: people.nameOf(id).petname ?? people.nameOf(id).chosen ?? shownName(name) ?? people.person(id).name }),
    changed: () => deps.pushes().say({ push: "requests", data: { requests: requests.waiting() } }),
  });
  const offers = createOffers({
    store, crypto, spaces, logs, account: account.id, device: deps.device.id, now, stopped,
    people: direct.people,
    since: (space) => direct.addedAt(space, account.id),
    ownName: () => people.nameOf(account.id).chosen ?? account.name,
    peersOf: deps.peersOf,
    greeted: () => deps.sync().greeted(),
    send: (device, offer) => deps.sync().sendOffer(device, offer),
    blocked: book.blocked,
    isContact: book.isContact,
    contactDevices: (id) => book.introduced(id)?.peers.map(({ device }) => device) ?? [],
    enterSpace: deps.enterSpace,
    greet: deps.refresh,
    request: (offer) => requests.take(offer, introducerOf(offer.account)),
    log: deps.log,
  });

  /** Who is about to introduce somebody to this account. */
  function introducerOf(subject: AccountId): AccountId | null {
    for (const { value } of deps.own.entries("introduction/")) {
      const found = JSON.parse(value) as { role?: string; subject?: string; by?: string };
      if (found.role === "party" && found.subject === subject) return parseAccountId(found.by ?? "");
    }
    return null;
  }

  function othersIn(space: Space): Person[] {
    const all = direct.isGroup(space) ? direct.people(space) : direct.everyone(space);
    return all.filter((one) => one !== account.id).map(people.person).sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  function parentOf(space: Space): SpaceNature["parent"] {
    const id = privateSpaces.parentOf(space);
    if (id === null) return null;
    const here = spaces.get(id);
    const told = here?.row.state === "member" ? here.replica.state()?.policies.get("name") : space.replica.state()?.policies.get("parent");
    return { id, name: told === undefined ? null : String(told) };
  }

  function standingInvite(space: Space): EventId | null {
    const key = standingInviteKey(crypto, space.secret);
    for (const invite of space.replica.state()?.invites.values() ?? []) if (!invite.revoked && sameBytes(invite.key, key)) return invite.id;
    return null;
  }

  return {
    privateSpaces, direct, offers, requests,
    about(space) {
      const kind = kindOf(space);
      const shown = kind === "private" || kind === "direct" ? kind : "team";
      return { kind: shown, parent: parentOf(space), people: othersIn(space), group: direct.isGroup(space), replacedBy: direct.replacedBy(space) };
    },
    nameOf(space) {
      const name = space.replica.state()?.policies.get("name");
      if (name !== undefined || kindOf(space) !== "direct") return plainName(String(name ?? "Workspace"));
      return othersIn(space).map((person) => person.name).join(", ") || "Only you";
    },
    readOnly(space) {
      if (direct.isOver(space)) return overText;
      return direct.replacedBy(space) === null ? null : replacedText;
    },
    entrance(space, state) {
      if (offers.isFalse(space)) return "drop";
      if (!offers.isWhole(space)) return "wait";
      const { kind } = state.genesis;
      if (kind !== "private" && kind !== "direct") return "bind";
      if (state.members.has(account.id)) return "bind";
      const invite = standingInvite(space);
      return invite !== null && offers.awaits(space, account.id) ? { invite, seed: inviteSeed(crypto, space.secret) } : "wait";
    },
    isStanding: (space, invite) => standingInvite(space) === invite,
    mayEnter(id, joiner, joining) {
      const space = spaces.get(id);
      return space !== null && offers.awaits(space, joiner) && offers.isDeviceOf(joiner, joining);
    },
    resume() {
      for (const space of spaces.all()) if (kindOf(space) === "private") privateSpaces.settle(space);
      offers.resume();
    },
    settle(space) {
      privateSpaces.settle(space);
      offers.settle();
      // Of two conversations with the same people, another one may count now.
      if (kindOf(space) === "direct") for (const other of spaces.all()) if (kindOf(other) === "direct") deps.pushes().markSpace(other.id);
    },
    entered(space) {
      offers.over(space.id);
      requests.settled(space.id);
      privateSpaces.settle(space);
      offers.settle();
    },
  };
}
