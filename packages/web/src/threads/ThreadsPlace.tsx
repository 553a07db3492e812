import type { Space, Thread } from "@multichat/client/contract";
import { ThreadLine } from "../conversation/ThreadLine.tsx";
import { useUnexpired } from "../expiry/use-unexpired.ts";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";
import { useListed } from "../state/use-listed.ts";
import { CardList } from "./CardList.tsx";
import { MessageCard } from "./MessageCard.tsx";
import { PlaceHeader } from "./PlaceHeader.tsx";

/** The threads of a workspace, those with the newest replies first. */
export function ThreadsPlace({ space }: { space: Space }) {
  const { value, problem } = useListed("thread.list", { space: space.id }, "threads", space.id);
  const threads = useUnexpired(value?.threads, ({ root }) => root)?.map((thread) => ({ ...thread, id: thread.root.id }));
  return (
    <>
      <PlaceHeader space={space} title={t("threads.title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-180">
          <CardList label={t("threads.title")} empty={t("threads.none")} problem={problem} items={threads}>
            {(thread) => <ThreadCard thread={thread} />}
          </CardList>
        </div>
      </div>
    </>
  );
}

function ThreadCard({ thread: { root, summary, following } }: { thread: Thread }) {
  const channel = useAppState((s) => s.channels[root.channel]?.name);
  return (
    <MessageCard message={root} {...(channel && { place: `#${channel}` })}>
      <ThreadLine message={root} summary={summary} />
      {following && <p className="text-12 text-quiet">{t("threads.following")}</p>}
    </MessageCard>
  );
}
