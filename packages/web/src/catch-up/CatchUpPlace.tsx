/** Everything unread of a workspace, place by place, to be read and marked read without going there. */
import type { Space } from "@multichat/client/contract";
import { CheckCheck } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { sidebarChannels } from "../state/selectors.ts";
import { useListed } from "../state/use-listed.ts";
import { PlaceHeader } from "../threads/PlaceHeader.tsx";
import { UnreadSection } from "./UnreadSection.tsx";
import { markSpaceRead, unreadPlaces } from "./unread-places.ts";

export function CatchUpPlace({ space }: { space: Space }) {
  const app = useApp();
  const channels = useAppState((s) => s.channels);
  const spaces = useAppState((s) => s.spaces);
  const threads = useListed("thread.list", { space: space.id }, "threads", space.id);
  const places = useMemo(
    () =>
      unreadPlaces(sidebarChannels({ channels, spaces }, space.id), threads.value?.threads ?? []),
    [channels, spaces, space.id, threads.value],
  );
  const all = useTask(async () => {
    await markSpaceRead(app, space.id);
    threads.set(await app.client.call("thread.list", { space: space.id }));
  });
  return (
    <>
      <PlaceHeader space={space} title={t("catchUp.title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-180 space-y-4 p-4">
          {places.length > 0 ? (
            <div className="flex justify-end">
              <Button disabled={all.busy} onClick={() => void all.start()}>
                <CheckCheck aria-hidden="true" className="size-4" />
                {t("catchUp.all")}
              </Button>
            </div>
          ) : (
            (threads.value ?? threads.problem) && <p className="text-quiet">{t("catchUp.none")}</p>
          )}
          <Problem text={all.problem ?? threads.problem} />
          {places.map((place) => (
            <UnreadSection
              key={place.root?.id ?? place.channel.id}
              place={place}
              onRead={threads.again}
            />
          ))}
        </div>
      </div>
    </>
  );
}
