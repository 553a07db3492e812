/** Messages that are to be sent later (spec/local-api.md): kept by this node, sent when due or as soon as it is on again. */
import type { Clock, Random, Store } from "@multichat/core/ports";
import type { Commands, Message as Sent, Scheduled } from "@multichat/client/contract";
import { type BlobId, type EventId, type SpaceId, toHex } from "@multichat/protocol";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import { lateMs, noteSentLate } from "./sent-late.ts";

type Message = Commands["schedule.create"][0];

interface Kept {
  message: Message;
  problem: string | null;
}

const prefix = "scheduled/";
const most = 200;
/** Blobs that messages name which wait to be sent: nothing else does, and they must stay. */
export function blobsOfScheduled(store: Store): ReadonlySet<BlobId> {
  const kept = store.settings(prefix).map(({ value }) => JSON.parse(value) as Kept);
  return new Set(kept.flatMap(({ message }) => (message.files ?? []).flatMap(({ blob, shape }) => [blob, ...(shape?.thumb === undefined ? [] : [shape.thumb.blob])]) as BlobId[]));
}

/** Clocks jump and are corrected, so a long wait is looked at again now and then. */
const lookAgainMs = 60_000;

export interface SendLater {
  readonly handlers: Pick<Required<Handlers>, "schedule.create" | "schedule.list" | "schedule.cancel">;
  /** The node is on: sends what is due and waits for the rest. */
  start(): void;
  stop(): void;
}

export function createSendLater(deps: {
  store: Store;
  clock: Clock;
  random: Random;
  now(): number;
  /** @throws Failure, StoreError */
  send(message: Commands["message.send"][0]): Sent;
  /** More is known of it than when it was shown first. */
  showAgain(sent: Sent): void;
  /** Before it is kept: whether it could be sent now. @throws Failure */
  check(message: Commands["message.send"][0]): void;
  changed(waiting: number): void;
  guarded(work: () => void): void;
}): SendLater {
  const { store, clock } = deps;
  let cancel: (() => void) | null = null;

  function all(): { id: string; kept: Kept }[] {
    const found = store.settings(prefix).map(({ key, value }) => ({ id: key.slice(prefix.length), kept: JSON.parse(value) as Kept }));
    return found.sort((a, b) => a.kept.message.at - b.kept.message.at);
  }

  function shown({ id, kept: { message, problem } }: ReturnType<typeof all>[number]): Scheduled {
    return { id, channel: message.channel, thread: message.thread ?? null, text: message.text, files: (message.files ?? []).map(({ name }) => name), at: message.at, problem };
  }

  function wait(): void {
    cancel?.();
    const [next] = all().filter(({ kept }) => kept.problem === null);
    cancel = next === undefined ? null : clock.after(Math.min(lookAgainMs, Math.max(0, next.kept.message.at - deps.now())), sendDue);
  }

  function sendDue(): void {
    deps.guarded(() => {
      for (const one of all()) if (one.kept.problem === null && one.kept.message.at <= deps.now()) sendOne(one);
      deps.changed(all().length);
    });
    wait();
  }

  /** Sent and forgotten at once, or kept with the reason: nothing is sent twice, and nothing is lost. */
  function sendOne({ id, kept }: ReturnType<typeof all>[number]): void {
    const { at, ...message } = kept.message;
    const isLate = deps.now() - at > lateMs;
    try {
      const sent = store.transaction(() => {
        store.putSetting(prefix + id, null);
        const done = deps.send(message);
        if (isLate) noteSentLate(store, done.space as SpaceId, done.id as EventId, at);
        return done;
      });
      if (isLate) deps.showAgain(sent);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      store.transaction(() => store.putSetting(prefix + id, JSON.stringify({ ...kept, problem: error.message })));
    }
  }

  return {
    handlers: {
      "schedule.create": (message) => {
        if (message.at <= deps.now()) throw new Failure("bad-request", "That time is over.");
        deps.check(message);
        if (all().length >= most) throw new Failure("bad-request", `At most ${most} messages can wait. Cancel one first.`);
        const id = toHex(deps.random.bytes(8));
        const kept: Kept = { message, problem: null };
        store.transaction(() => store.putSetting(prefix + id, JSON.stringify(kept)));
        deps.changed(all().length);
        wait();
        return { scheduled: shown({ id, kept }) };
      },
      "schedule.list": () => ({ scheduled: all().map(shown) }),
      "schedule.cancel": ({ scheduled }) => {
        if (store.setting(prefix + scheduled) === null) throw new Failure("not-found", "There is no such message waiting. It may have been sent.");
        store.transaction(() => store.putSetting(prefix + scheduled, null));
        deps.changed(all().length);
        wait();
        return {};
      },
    },
    start: sendDue,
    stop: () => cancel?.(),
  };
}
