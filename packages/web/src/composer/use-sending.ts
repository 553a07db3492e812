/** What becomes of a draft: sent, held for a moment so that it can be taken back, or kept for later. */
import type { Channel, Id, SendMore } from "@multichat/client/contract";
import { useEffect, useRef, useState } from "react";
import { announce } from "../design/announce.ts";
import { fullTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { problemText } from "../i18n/problem-text.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { fromTokens, joined, noDraft, withTokens, type Draft } from "../state/picks.ts";
import { startReply, stopReply } from "../state/replying.ts";
import { dropMessage, sendMessage, type Outgoing } from "../state/sending.ts";
import {
  clearStaged,
  draftOf,
  isComing,
  stageAgain,
  stagedAt,
  viewOf,
  whenReady,
} from "../state/staging.ts";

interface Given {
  channel: Channel;
  thread: Id | null;
  draft: Draft;
  change(draft: Draft): void;
}

export interface Sending {
  also: boolean;
  setAlso(also: boolean): void;
  /** The files are looked at once. */
  once: boolean;
  setOnce(once: boolean): void;
  /** Seconds after which the message disappears; 0: it stays. */
  timer: number;
  setTimer(seconds: number): void;
  /** At once or, where files are not ready yet, as soon as they are. */
  send(): void;
  /** As soon as the files that were just added are. */
  sendWhenReady(): Promise<void>;
  /** It was asked to be sent, and waits for its files. */
  awaited: boolean;
  schedule(at: number): Promise<void>;
  /** What was scheduled last, or why it could not be, in words. */
  notice: string | null;
  held: Outgoing | undefined;
  undo(held: Outgoing): void;
}

export function useSending({ channel, thread, draft, change }: Given): Sending {
  const app = useApp();
  const place = thread ?? channel.id;
  const { undoSend } = useAppState((s) => s.settings);
  const answered = useAppState((s) => s.replying[place]);
  const held = useAppState((s) => s.outgoing[place]?.findLast(({ state }) => state === "held"));
  const [also, setAlso] = useState(false);
  const [timer, setTimer] = useState(0);
  const [notice, setNotice] = useState<string | null>(null);
  const [once, setOnce] = useState(false);
  const [awaited, setAwaited] = useState(false);

  const written = () => {
    const files = stagedAt(app, place).flatMap((one) => draftOf(one) ?? []);
    const more: SendMore = {
      ...(thread && { thread }),
      ...(thread && also && { also }),
      ...(answered && { reply: answered.id }),
      ...(files.length > 0 && { files, ...(once && files.length === 1 && { once }) }),
      ...(timer > 0 && { expiresIn: timer * 1_000 }),
    };
    return { ...withTokens({ ...draft, text: draft.text.trimEnd() }), more };
  };
  const cleared = () => {
    change(noDraft);
    setAlso(false);
    setOnce(false);
    clearStaged(app, place);
    setTimer(0);
    stopReply(app, place);
  };
  const sendNow = () => {
    const { text, mentions, more } = written();
    const files = stagedAt(app, place).flatMap(viewOf);
    void sendMessage(app, channel.id, text, { more, files, mentions, hold: undoSend * 1_000 });
    setNotice(null);
    cleared();
  };
  /** What is written by then goes along; who has gone elsewhere meanwhile finds it all as it was. */
  const latest = useRef<(() => void) | null>(null);
  useEffect(() => {
    latest.current = sendNow;
    return () => {
      latest.current = null;
    };
  });
  const sendWhenReady = async () => {
    if (awaited) return;
    setAwaited(true);
    const ready = await whenReady(app, place);
    setAwaited(false);
    if (ready) latest.current?.();
  };
  const send = () => (stagedAt(app, place).some(isComing) ? void sendWhenReady() : sendNow());
  const schedule = async (at: number) => {
    const { text, more } = written();
    try {
      await app.client.call("schedule.create", { channel: channel.id, text, at, ...more });
    } catch (error) {
      setNotice(problemText(error));
      return;
    }
    const done = t("schedule.done", { when: fullTime(at) });
    announce(done);
    setNotice(done);
    cleared();
  };
  const undo = ({ key, text, mentions, more, files }: Outgoing) => {
    dropMessage(app, place, key);
    // What was begun since stays.
    change(joined(fromTokens(text, mentions), draft));
    stageAgain(app, place, more.files ?? [], files);
    setOnce(more.once ?? false);
    setAlso(more.also ?? false);
    setTimer((more.expiresIn ?? 0) / 1_000);
    const wasAnswered = app.store
      .getState()
      .timelines[place]?.messages.find(({ id }) => id === more.reply);
    if (wasAnswered) startReply(app, wasAnswered, thread);
  };
  return {
    also,
    setAlso,
    once,
    setOnce,
    timer,
    setTimer,
    awaited,
    sendWhenReady,
    send,
    schedule,
    notice,
    held,
    undo,
  };
}
