/** Everything that can be done with one message, with the key that does it and, where it may not be done, why. */
import type { Id, Message } from "@multichat/client/contract";
import { Bell, BellRing, Bookmark, BookmarkX, Copy, Eye, Flag, Forward, History, Link, MailOpen, MessageSquareText, Pencil, Pin, PinOff, Reply, SmilePlus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { copyText } from "../design/copy-text.ts";
import { openPicker } from "../emoji/picker-state.ts";
import { t } from "../i18n/messages.ts";
import { whyNotDelete } from "../moderation/why-not-delete.ts";
import { formatMessageLink, threadPane } from "../state/address.ts";
import { attempt, pin, react, save } from "../state/message-deeds.ts";
import { whyNot } from "../state/permissions.ts";
import { startReply } from "../state/replying.ts";
import { plainText } from "../state/plain-text.ts";
import { readable } from "../state/readable.ts";
import { markUnread } from "../state/reading.ts";
import { navigate } from "../state/route.ts";
import { openSheet, type App } from "../state/store.ts";
import { mayEdit } from "./may-edit.ts";

export interface MessageAction {
  id: "react" | "reply" | "thread" | "edit" | "forward" | "pin" | "save" | "copy" | "link" | "unread" | "history" | "follow" | "why" | "seen" | "report" | "delete";
  label: string;
  icon: ReactNode;
  /** Pressed while the row has the focus. */
  key?: string;
  danger?: boolean;
  why?: string | null;
  run(anchor: HTMLElement): void;
}

/** @param timeline where the message is looked at: its channel, or its thread */
export function messageActions(app: App, message: Message, timeline: Id): MessageAction[] {
  const state = app.store.getState();
  const [space, channel] = [state.spaces[message.space], state.channels[message.channel]];
  if (!space || !channel) return [];
  const whyNotHere = (permission: string) => space.readOnly ?? whyNot(channel, permission);
  const inThread = timeline !== message.channel;
  const actions: (MessageAction | false)[] = [
    {
      id: "react",
      label: t("message.react"),
      icon: <SmilePlus />,
      key: "+",
      why: whyNotHere("react"),
      run: (anchor) => openPicker(app, anchor, (emoji) => void react(app, message, emoji, true)),
    },
    {
      id: "reply",
      label: t("message.reply"),
      icon: <Reply />,
      key: "r",
      why: whyNotHere(inThread ? "reply" : "send"),
      run: () => startReply(app, message, inThread ? timeline : null),
    },
    !inThread && {
      id: "thread",
      label: t("message.thread"),
      icon: <MessageSquareText />,
      key: "t",
      why: message.replies ? null : whyNotHere("reply"),
      run: () => navigate(app, { at: "space", space: message.space, channel: message.channel, pane: threadPane(message.thread ?? message.id) }),
    },
    mayEdit(message) && {
      id: "edit",
      label: t("message.edit"),
      icon: <Pencil />,
      key: "e",
      why: whyNotHere(message.thread ? "reply" : "send"),
      run: () => app.store.setState({ editing: { message: message.id, timeline, text: null } }),
    },
    { id: "forward", label: t("message.forward"), icon: <Forward />, key: "f", why: message.once ? t("once.noForward") : null, run: () => openSheet(app, { kind: "forward", message }) },
    {
      id: "pin",
      label: t(message.pinned ? "message.unpin" : "message.pin"),
      icon: message.pinned ? <PinOff /> : <Pin />,
      key: "p",
      why: whyNotHere("pin"),
      run: () => void pin(app, message, !message.pinned),
    },
    {
      id: "save",
      label: t(message.saved ? "message.unsave" : "message.save"),
      icon: message.saved ? <BookmarkX /> : <Bookmark />,
      key: "s",
      run: () => void save(app, message, !message.saved),
    },
    { id: "copy", label: t("messages.copy"), icon: <Copy />, key: "c", run: () => void copyText(readable(message)) },
    { id: "link", label: t("message.copyLink"), icon: <Link />, key: "l", run: () => void copyText(linkTo(message)) },
    { id: "unread", label: t("message.unread"), icon: <MailOpen />, key: "u", run: () => void attempt(app, message.id, () => markUnread(app, message)) },
    message.edited !== null && { id: "history", label: t("message.history"), icon: <History />, key: "h", run: () => openSheet(app, { kind: "history", message }) },
    {
      id: "follow",
      label: t("notify.threadAction"),
      icon: <Bell />,
      run: () => openSheet(app, { kind: "notify", scope: "thread", id: message.thread ?? message.id, name: plainText(message).slice(0, 60) }),
    },
    !message.own && { id: "why", label: t("notify.why"), icon: <BellRing />, run: () => openSheet(app, { kind: "why", message }) },
    { id: "seen", label: t("seen.action"), icon: <Eye />, run: () => openSheet(app, { kind: "seen", message }) },
    !message.own &&
      space.kind !== "direct" && { id: "report", label: t("messages.report"), icon: <Flag />, why: space.readOnly, run: () => openSheet(app, { kind: "report", message }) },
    {
      id: "delete",
      label: t("messages.delete"),
      icon: <Trash2 />,
      key: "Delete",
      danger: true,
      why: whyNotDelete(state, message),
      run: () => openSheet(app, { kind: "delete-message", message }),
    },
  ];
  return actions.filter((action) => action !== false);
}

/** Leads to the message in this Multichat; in a text, in that of whoever reads it. */
function linkTo(message: Message): string {
  return `${location.origin}${location.pathname}${formatMessageLink(message)}`;
}

/** Whether anything can be done with it yet, or any more. */
export function hasActions({ wanted, deleted, position }: Message): boolean {
  return !wanted && !deleted && position !== "";
}
