/** About this channel: its topic, who can read it, and where its messages are. */
import type { Channel, Space } from "@multichat/client/contract";
import type { ReactNode } from "react";
import { Fetched } from "../app/Fetched.tsx";
import { part } from "../app/part.ts";
import { PartMissingNote } from "../app/PartMissingNote.tsx";
import { Button } from "../design/Button.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { onePane, useNarrower } from "../state/panes.ts";
import { useNow } from "../design/use-now.ts";
import { connectionText } from "../connections/connection-text.ts";
import { DeliveryIcon } from "../conversation/DeliveryIcon.tsx";
import type { DeliveryLevel } from "../conversation/delivery-level.ts";
import { relativeTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { navigate } from "../state/route.ts";
import { openSheet } from "../state/store.ts";

const ChannelRetention = part(async () => (await import("../expiry/ChannelRetention.tsx")).ChannelRetention);

const marks: readonly DeliveryLevel[] = ["saving", "stored", "some", "all"];

export function Details({ space, channel }: { space: Space; channel: Channel }) {
  const app = useApp();
  const now = useNow();
  const team = space.kind === "team";
  const running = useAppState((s) => s.link === "open");
  const offline = useAppState((s) => s.status?.problems.some(({ code }) => code === "offline") ?? false);
  const connection = connectionText(space, { running, offline, now });
  return (
    <div className="space-y-6 p-4 wrap-anywhere">
      {space.kind !== "direct" && (
        <Section title={t("topic.label")}>
          <p dir="auto" className={channel.topic ? "" : "text-quiet"}>{channel.topic || t("details.noTopic")}</p>
          <Button className="mt-3" why={whyNot(channel, "manage-channels")} onClick={() => openSheet(app, { kind: "topic", channel: channel.id })}>
            {t("details.changeTopic")}
          </Button>
        </Section>
      )}
      <Section title={t("details.whoReads")}>
        <p>{t(team ? "channel.onlyMembers" : "private.onlyThese")}</p>
        {team && <p className="mt-1 text-quiet">{t(`details.whoReadsMore.${space.history}`, { count: space.members, name: space.name })}</p>}
        {team && !channel.archived && (
          <Button className="mt-3" why={whyNot(channel, "manage-channels")} onClick={() => openSheet(app, { kind: "make-private", channel: channel.id })}>
            {t("makePrivate.action")}
          </Button>
        )}
      </Section>
      <Section title={t("settings.section.notifications")}>
        <Button onClick={() => openSheet(app, { kind: "notify", scope: "channel", id: channel.id, name: channel.name })}>{t("notify.channelRules")}</Button>
      </Section>
      <Section title={t("retention.title")}>
        <Fetched coming={<Skeleton className="h-24 w-full" />} missing={<PartMissingNote />}>
          <ChannelRetention space={space} channel={channel} />
        </Fetched>
      </Section>
      <Section title={t("pins.title")}>
        <Button onClick={() => navigate(app, { at: "space", space: space.id, channel: channel.id, pane: "pins" })}>{t("pins.show")}</Button>
      </Section>
      <Section title={t("details.connection")}>
        <p>{connection.text}</p>
        <p className="mt-1 text-quiet">{connection.detail}</p>
      </Section>
      <Section title={t("details.delivery")}>
        <p className="text-quiet">{t("details.deliveryLead")}</p>
        <ul className="mt-3 space-y-2">
          {marks.map((level) => (
            <li key={level} className="flex items-start gap-3">
              <span className="mt-1.5 text-quiet">
                <DeliveryIcon level={level} />
              </span>
              {t(`details.mark.${level}`)}
            </li>
          ))}
        </ul>
      </Section>
      {!team && (
        <Section title={t("details.going")}>
          <Button onClick={() => openSheet(app, { kind: "leave", space: space.id })}>{t(space.removed ? "forget.button" : "details.leave")}</Button>
        </Section>
      )}
      {channel.lastActivity !== null && (
        <Section title={t("details.lastMessage")}>
          <p>{relativeTime(channel.lastActivity, now)}</p>
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const Heading = useNarrower(onePane) ? "h2" : "h3";
  return (
    <section>
      <Heading className="mb-1.5 text-12 font-medium text-quiet">{title}</Heading>
      {children}
    </section>
  );
}
