/** What becomes of a draft: sent, held for a moment so that it can be taken back, or kept for later. */
import type { Channel, Id, SendMore } from "@multichat/client/contract";
import { useState } from "react";
import { announce } from "../design/announce.ts";
import { fullTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { problemText } from "../i18n/problem-text.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { fromTokens, noDraft, withTokens, type Draft } from "../state/picks.ts";
import { startReply, stopReply } from "../state/replying.ts";
import { dropMessage, sendMessage, type Outgoing } from "../state/sending.ts";

interface Given {
  channel: Channel;
  thread: Id | null;
  draft: Draft;
  change(draft: Draft): void;
}

export interface Sending {
  also: boolean;
  setAlso(also: boolean): void;
  send(): void;
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
  const [notice, setNotice] = useState<string | null>(null);

  const written = () => {
    const more: SendMore = {
      ...(thread && { thread }),
      ...(thread && also && { also }),
      ...(answered && { reply: answered.id }),
    };
    return { ...withTokens({ ...draft, text: draft.text.trimEnd() }), more };
  };
  const cleared = () => {
    change(noDraft);
    setAlso(false);
    stopReply(app, place);
  };
  const send = () => {
    const { text, mentions, more } = written();
    void sendMessage(app, channel.id, text, { more, mentions, hold: undoSend * 1_000 });
    setNotice(null);
    cleared();
  };
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
  const undo = ({ key, text, mentions, more }: Outgoing) => {
    dropMessage(app, place, key);
    change(fromTokens(text, mentions));
    setAlso(more.also ?? false);
    const wasAnswered = app.store
      .getState()
      .timelines[place]?.messages.find(({ id }) => id === more.reply);
    if (wasAnswered) startReply(app, wasAnswered, thread);
  };
  return { also, setAlso, send, schedule, notice, held, undo };
}
