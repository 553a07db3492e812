import type { Channel, Space } from "@multichat/client/contract";
import { LockKeyhole, UserPlus } from "lucide-react";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { may } from "../state/permissions.ts";
import { placeName } from "../state/places.ts";
import { openSheet } from "../state/store.ts";
import { PlaceMark } from "./PlaceMark.tsx";

/** Above the first message: what this place is, who can read it, and when one is alone, the way to change that. */
export function ChannelStart({ space, channel, empty }: { space: Space; channel: Channel; empty: boolean }) {
  const app = useApp();
  const name = placeName(space, channel);
  const alone = space.kind === "team" && space.members <= 1;
  const { history } = space;
  const start = {
    team: empty ? (`channel.startEmpty.${history}` as const) : (`channel.start.${history}` as const),
    private: `private.start.${history}`,
    direct: `direct.start.${history}`,
  } as const;
  return (
    <article
      data-row={0}
      tabIndex={-1}
      aria-label={t(space.kind === "direct" ? start.direct : `channel.start.${history}`, { name })}
      className="px-5 pt-10 pb-5 wrap-anywhere focus-visible:-outline-offset-2 max-two:px-3"
    >
      <p className="text-28 font-bold tracking-tight">
        <PlaceMark kind={space.kind} type={channel.type} />
        <bdi>{name}</bdi>
      </p>
      <p className="mt-1 max-w-[64ch] text-quiet">
        {channel.topic || t(start[space.kind], { name })}
      </p>
      <p className="mt-2 flex items-center gap-1.5 text-13 text-quiet">
        <LockKeyhole aria-hidden="true" className="size-3.5 shrink-0" />
        {t(space.kind === "team" ? "channel.onlyMembers" : "private.onlyThese")}
      </p>
      {alone && may(space, "invite") && (
        <div className="mt-5 flex max-w-128 flex-wrap items-center gap-x-4 gap-y-3 rounded-m border border-line bg-sunken p-4">
          <p className="min-w-0 flex-1 basis-56">{t("channel.alone")}</p>
          <Button kind="primary" onClick={() => openSheet(app, { kind: "invite", space: space.id })}>
            <UserPlus aria-hidden="true" className="size-4" />
            {t("invite.action")}
          </Button>
        </div>
      )}
    </article>
  );
}
