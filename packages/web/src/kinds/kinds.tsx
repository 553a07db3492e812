/**
 * The kinds of content with a view of their own. A new one is an entry here and a file of its own, which is fetched when it is
 * first needed; docs/make-a-kind.md goes through everything that belongs to it.
 */
import type { Channel, ContentViews, Message } from "@multichat/client/contract";
import { ChartBarBig, ListChecks } from "lucide-react";
import { createElement, type ReactNode } from "react";
import { part, type Part } from "../app/part.ts";
import type { MessageId } from "../i18n/messages.ts";

export interface ViewProps<K extends keyof ContentViews> {
  message: Message;
  view: ContentViews[K];
}

export interface CreateProps {
  channel: Channel;
  onClose(): void;
}

/** What the file of a kind offers. */
interface KindFile<K extends keyof ContentViews> {
  /** How a message of this kind is shown, in place of its text. */
  View(props: ViewProps<K>): ReactNode;
  /** A dialog in which one is made. */
  Create(props: CreateProps): ReactNode;
}

export interface Kind {
  kind: keyof ContentViews;
  /** As the composer's menu has it. */
  label: MessageId;
  icon: ReactNode;
  /** The view of a message that is of this kind, as its `view` says. */
  show(message: Message): ReactNode;
  Create: Part<CreateProps>;
  fetch(): Promise<unknown>;
}

export const kinds: readonly Kind[] = [
  kind("poll", "poll.create", <ChartBarBig />, () => import("./poll.tsx")),
  kind("list", "list.create", <ListChecks />, () => import("./list.tsx")),
];

/** Undefined where its text is what there is to show. */
export function kindOf(message: Message): Kind | undefined {
  return message.view && !message.deleted
    ? kinds.find(({ kind: name }) => name === message.kind)
    : undefined;
}

function kind<K extends keyof ContentViews>(
  name: K,
  label: MessageId,
  icon: ReactNode,
  load: () => Promise<KindFile<K>>,
): Kind {
  const View = part<ViewProps<K>>(async () => (await load()).View);
  const Create = part<CreateProps>(async () => (await load()).Create);
  return {
    kind: name,
    label,
    icon,
    show: (message) => createElement(View, { message, view: message.view as ContentViews[K] }),
    Create,
    fetch: () => Promise.all([View.fetch(), Create.fetch()]),
  };
}
