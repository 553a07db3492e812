/** Telling a person what concerns them (spec/14-notifications.md): the services, made and told of each other. */
import type { Clock, Crypto, Store } from "@multichat/core/ports";
import type { AccountId, ChannelId, SpaceId } from "@multichat/protocol";
import type { OwnData } from "../accounts/own-data.ts";
import type { ReadPositions } from "../accounts/read-positions.ts";
import type { Expiry } from "../conversation/expiry.ts";
import type { Presenter } from "../conversation/present.ts";
import type { Pushes } from "../conversation/pushes.ts";
import type { Governance } from "../governing/governance.ts";
import type { Spaces } from "../joining/spaces.ts";
import type { PrivateSide } from "../private/side.ts";
import type { TrustBook } from "../trust/book.ts";
import type { People } from "../trust/people.ts";
import type { Trust } from "../trust/trust.ts";
import { additionTo } from "./additions.ts";
import { createFacts } from "./facts.ts";
import { type Notices, createNotices } from "./notices.ts";
import { type ItemPresenter, createItemPresenter, rulesOf } from "./present-items.ts";
import { waitingFor } from "./waiting.ts";
import { type CallWake, type WakeUp, createWakeUp } from "./wake.ts";

export interface Telling {
  readonly notices: Notices;
  readonly items: ItemPresenter;
  readonly wake: WakeUp;
}

export function createTelling(deps: {
  store: Store;
  clock: Clock;
  crypto: Crypto;
  own: OwnData;
  spaces: Spaces;
  people: People;
  present: Pick<Presenter, "message">;
  privates: PrivateSide;
  trust: Pick<Trust, "introductions">;
  governance: Governance;
  expiry: Pick<Expiry, "of">;
  book: Pick<TrustBook, "blocked">;
  reading: Pick<ReadPositions, "elsewhere">;
  pushes: Pick<Pushes, "say">;
  account: AccountId;
  now(): number;
  /** What this person chose to say of themselves; `until` 0: without end. */
  presence(): { chosen: string; until: number };
  isWatched(): boolean;
  callWake: CallWake;
}): Telling {
  const { store, clock, spaces, privates, governance, pushes, account, now } = deps;
  const items = createItemPresenter(deps);
  const facts = createFacts({
    store, account, now,
    blocked: deps.book.blocked,
    isDeleted: (space, event) => governance.deletes.of(space, event) !== null,
    expiry: deps.expiry.of,
    workspaceOf: (space) => privates.about(space).parent?.id ?? space.id,
    isDirect: (space) => privates.about(space).kind === "direct",
    readElsewhere: deps.reading.elsewhere,
  });
  const notices: Notices = createNotices({
    store, clock, facts, now,
    crypto: deps.crypto,
    own: deps.own,
    disturbAfter() {
      const { chosen, until } = deps.presence();
      return chosen === "dnd" ? until || Infinity : null;
    },
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    waiting: () => waitingFor({ spaces, account, requests: privates.requests, introductions: deps.trust.introductions, governance, now }),
    additionTo: (space) => additionTo(space, { account, spaces, privates, governance }),
    isIn({ space, channel }) {
      const found = channel === null ? spaces.get(space as SpaceId) : spaces.ofChannel(channel as ChannelId);
      return found !== null && found.row.state !== "left";
    },
    show(shown, told) {
      pushes.say({ push: "notification", data: items.notification(shown, told) });
      wake.told();
    },
    showGone: (ids) => pushes.say({ push: "notification-gone", data: { ids } }),
    inboxChanged: () => pushes.say({ push: "inbox", data: { unread: notices.inbox.unread() } }),
    rulesChanged: () => pushes.say({ push: "notification-rules", data: rulesOf(notices.rules) }),
  });
  const wake: WakeUp = createWakeUp({
    store, clock, now,
    isWatched: deps.isWatched,
    call: deps.callWake,
    unread: () => notices.inbox.unread(),
    changed: () => pushes.say({ push: "wake", data: wake.get() }),
  });
  return { notices, items, wake };
}
