/** A forum: its topics, of which each opens its thread, and the way to start one. */
import type { Channel, Space } from "@multichat/client/contract";
import { MessageSquarePlus } from "lucide-react";
import { useEffect, useState } from "react";
import { ClosedComposer } from "../composer/ClosedComposer.tsx";
import { useWriting } from "../composer/use-writing.ts";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { loadOlder } from "../state/loading.ts";
import { markRead } from "../state/reading.ts";
import { openSheet } from "../state/store.ts";
import { Radios } from "../settings/Radios.tsx";
import { TopicRow } from "./TopicRow.tsx";
import { topicOrders, topicsOf, type TopicOrder } from "./topics.ts";

export function Forum({ space, channel }: { space: Space; channel: Channel }) {
  const app = useApp();
  const timeline = useAppState((s) => s.timelines[channel.id]);
  const [order, setOrder] = useState<TopicOrder>("active");
  const [tag, setTag] = useState<string | null>(null);
  const writing = useWriting(space, channel, "send");
  const messages = timeline?.messages ?? [];
  const topics = topicsOf(messages, order, tag);
  const newest = messages.at(-1)?.id;

  useEffect(() => {
    if (newest !== undefined && document.hasFocus()) void markRead(app, channel.id);
  }, [app, channel.id, newest]);

  return (
    <div className="absolute inset-0 flex flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-180 p-4">
          <div className="flex flex-wrap items-end justify-between gap-3">
            <Radios<TopicOrder>
              title={t("forum.order")}
              value={order}
              options={topicOrders.map((value) => ({ value, label: t(`forum.order.${value}`) }))}
              onChoose={setOrder}
            />
            <Button
              kind="primary"
              why={writing.open ? null : writing.why}
              onClick={() => openSheet(app, { kind: "create-topic", channel: channel.id })}
            >
              <MessageSquarePlus aria-hidden="true" className="size-4" />
              {t("forum.create")}
            </Button>
          </div>
          {tag !== null && (
            <p className="mt-3 flex items-center gap-2 text-13 text-quiet">
              {t("forum.tagged", { tag })}
              <Button kind="quiet" onClick={() => setTag(null)}>
                {t("forum.allTags")}
              </Button>
            </p>
          )}
          <ul
            aria-label={t("forum.topics", { channel: channel.name })}
            className="mt-4 divide-y divide-line rounded-m border border-line bg-surface empty:hidden"
          >
            {topics.map((topic) => (
              <TopicRow key={topic.id} topic={topic} onTag={setTag} />
            ))}
          </ul>
          {topics.length === 0 && <p className="mt-4 text-quiet">{t("forum.empty")}</p>}
          {timeline?.hasOlder && (
            <div className="mt-4 text-center">
              <Button
                disabled={timeline.loading !== null}
                onClick={() => void loadOlder(app, channel.id)}
              >
                {t("forum.older")}
              </Button>
            </div>
          )}
        </div>
      </div>
      {!writing.open && <ClosedComposer space={space} why={writing.why} />}
    </div>
  );
}
