/**
 * Whether content of one space stands here, when it comes and whenever a control event changes that (spec/04-control.md,
 * Content and Kept without standing). What no longer stands is hidden, what stands again is shown again; only the feeds that a
 * change concerns are looked at.
 */
import {
  type AccountId,
  type ChannelId,
  type DeviceId,
  type EventId,
  type Header,
  type SpaceId,
  decodeHeader,
  hlcAt,
} from "@multichat/protocol";
import { contentKind } from "../content/kinds.ts";
import { needsOf } from "../content/needs.ts";
import type { Changes } from "../control/changes.ts";
import { type ContentJudgement, type ContentQuestion, judgeContent } from "../control/judge-content.ts";
import type { ControlLog } from "../control/log.ts";
import type { Point } from "../control/rules/cuts.ts";
import type { ControlState } from "../control/state.ts";
import type { ArrivedEvent, Store } from "../ports/index.ts";
import type { Feed, Feeds } from "./feeds.ts";
import type { Hidden } from "./hidden.ts";

export interface ContentStanding {
  /** Of an event that has just come. `latest`: a stamp beyond this is not believed yet, ms. */
  judge(header: Header, id: EventId, latest: number): ContentJudgement;
  /** Keeps an event that does not stand. */
  hide(header: Header, id: EventId, why: string, settled: boolean): void;
  /** Whether a cut has picked the branch of a forked feed that this event lies on. */
  isPicked(header: Header, id: EventId): boolean;
  /** Looks again at what these changes concern. */
  rejudge(changes: Changes): Rejudged;
}

export interface Rejudged {
  /** No longer shown. */
  hidden: { channel: ChannelId; ids: EventId[] }[];
  /** Own messages, which stay in sight: others no longer accept them, or do again. */
  changed: { channel: ChannelId; ids: EventId[] }[];
  /** Shown again, or said again. */
  restored: { header: Header; id: EventId; payload: Uint8Array | null }[];
  /** What these said about others counts no longer. */
  withdrawn: EventId[];
}

/** Events read from the store at once. */
const page = 512;

export interface ContentStandingDeps {
  store: Store;
  space: SpaceId;
  log: ControlLog;
  feeds: Feeds;
  hidden: Hidden;
  self: { device: DeviceId; account: AccountId };
  state(): ControlState | null;
  /** Whether it lies behind a fork of its feed that nobody has settled. */
  behindFork(header: Header, id: EventId): boolean;
}

export function createContentStanding(deps: ContentStandingDeps): ContentStanding {
  const { store, log, feeds, hidden, self } = deps;

  /** @param arrival null for an event that comes now: after all that is known */
  function question(header: Header, id: EventId, arrival: number | null): ContentQuestion {
    return {
      after: (cause) => arrival === null || (store.event(cause)?.arrival ?? Number.POSITIVE_INFINITY) < arrival,
      leadsTo: (point) => feeds.get(header.channel as ChannelId, header.device)?.fork == null || leadsTo(header, id, point),
    };
  }

  /** Along the feed from the point back to this event's place, as far as it is held. */
  function leadsTo(header: Header, id: EventId, { hash }: Point): boolean {
    for (let at = hash; at !== null; ) {
      const event = store.event(at);
      const found = event === null ? null : decodeHeader(event.header);
      if (event === null || found === null || !found.ok) return header.seq === 0;
      if (event.seq <= header.seq) return event.id === id;
      at = found.value.prev;
    }
    return false;
  }

  function judgeAt(header: Header, id: EventId, asked: ContentQuestion): ContentJudgement {
    const state = deps.state();
    if (state === null) return { stands: false, why: "for a space without a beginning", hope: "never" };
    return judgeContent(log, state, header, needsOf(header), asked);
  }

  function isOwn(header: Header): boolean {
    return header.device === self.device || deps.state()?.judged.facts.grants.get(header.auth)?.account === self.account;
  }

  function hide(header: Header, id: EventId, why: string, settled: boolean): void {
    const { device, seq, prev, auth } = header;
    const account = deps.state()?.judged.facts.grants.get(auth)?.account ?? null;
    hidden.put({ id, channel: header.channel as ChannelId, device, seq, prev, account, why, settled });
    feeds.tell({ channel: header.channel as ChannelId, device, seq, prev }, !settled);
  }

  function again(event: ArrivedEvent, out: Collected): void {
    const decoded = decodeHeader(event.header);
    if (!decoded.ok) return;
    const header = decoded.value;
    const { id } = event;
    const judged = judgeAt(header, id, question(header, id, event.arrival));
    const before = hidden.get(id);
    if (judged.stands && !deps.behindFork(header, id)) {
      if (before !== null) {
        hidden.remove(id);
        feeds.tell(before, true);
        if (isOwn(header)) add(out.changed, before.channel, id);
      }
      const { place } = contentKind(header.kind);
      // Of what says something about others, only what was hidden or lay behind a fork did not count.
      const isBack = place === null ? before !== null || feeds.get(header.channel as ChannelId, header.device)?.fork != null : store.timelineEntry(id) === null;
      if (isBack) out.restored.push({ header, id, payload: event.payload });
    } else if (!judged.stands) {
      if (before === null && isOwn(header)) add(out.changed, event.channel, id);
      else if (!isOwn(header)) for (const { channel } of store.timelineEntries(id)) add(out.hidden, channel, id);
      if (before === null) out.withdrawn.push(id);
      if (before?.why !== judged.why || before.settled !== (judged.hope === "never")) hide(header, id, judged.why, judged.hope === "never");
    }
  }

  /** Which of a feed's events are to be looked at again: from this seq on, and those that are hidden. */
  function from(feed: Feed, { accounts, channels, devices, settled }: Changes): number | null {
    if (feed.channel === (deps.space as string)) return null;
    const owners = deps.state()?.judged.facts.devices.bindsOf(feed.device) ?? [];
    if (channels.has(feed.channel) || devices.has(feed.device) || owners.some(({ account }) => accounts.has(account))) return 1;
    const points = settled.filter(({ channel, device }) => channel === feed.channel && (device === feed.device || device === null));
    return points.length === 0 ? null : Math.min(...points.map(({ after }) => after + 1));
  }

  return {
    judge(header, id, latest) {
      const believed = header.hlc > hlcAt(latest) ? { ...header, hlc: hlcAt(latest) } : header;
      return judgeAt(believed, id, question(header, id, null));
    },
    hide,
    isPicked(header, id) {
      const state = deps.state();
      return state !== null && judgeAt(header, id, question(header, id, 0)).stands && isSettled(state, header);
    },
    rejudge(changes) {
      const out: Collected = { hidden: new Map(), changed: new Map(), restored: [], withdrawn: [] };
      const before = new Map<string, EventId[]>();
      for (const event of hidden.all()) before.set(event.channel + event.device, [...(before.get(event.channel + event.device) ?? []), event.id]);
      for (const feed of feeds.every()) {
        const first = from(feed, changes);
        if (first === null) continue;
        for (const id of before.get(feed.channel + feed.device) ?? []) {
          const event = store.event(id);
          if (event !== null && event.seq < first) again(event, out);
        }
        for (let next = first; ; ) {
          const events = store.feedEvents(feed.channel, feed.device, next, Number.MAX_SAFE_INTEGER, page);
          for (const event of events) again(event, out);
          if (events.length < page) break;
          next = events.at(-1)!.seq + 1;
        }
      }
      return { hidden: listed(out.hidden), changed: listed(out.changed), restored: out.restored, withdrawn: out.withdrawn };
    },
  };
}

/** Whether a proof of this fork has been followed by a cut that names the device. */
function isSettled({ judged }: ControlState, header: Header): boolean {
  const proofs = new Set(judged.acts.proofs.of(header.device).map(({ fact }) => fact.id));
  return judged.acts.cuts.of(header.channel as ChannelId).some(
    ({ fact: { control } }) => control?.kind === "cut" && proofs.has(control.payload.cause) && control.payload.devices.some(([device]) => device === header.device),
  );
}

interface Collected {
  hidden: Map<ChannelId, EventId[]>;
  changed: Map<ChannelId, EventId[]>;
  restored: Rejudged["restored"];
  withdrawn: EventId[];
}

function add(map: Map<ChannelId, EventId[]>, channel: ChannelId, id: EventId): void {
  const ids = map.get(channel);
  if (ids === undefined) map.set(channel, [id]);
  else ids.push(id);
}

function listed(map: Map<ChannelId, EventId[]>): { channel: ChannelId; ids: EventId[] }[] {
  return [...map].map(([channel, ids]) => ({ channel, ids }));
}

