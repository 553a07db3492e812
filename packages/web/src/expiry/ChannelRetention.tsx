import type { Channel, Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { ownRetention, retentionText } from "./retention-text.ts";
import { RetentionChoice } from "./RetentionChoice.tsx";

/** How long messages of a channel or a conversation stay: for all its members to read, for some to change. */
export function ChannelRetention({ space, channel }: { space: Space; channel: Channel }) {
  const app = useApp();
  const change = useCallback(
    async (seconds: number) => {
      const answer = await app.client.call("channel.retention", { channel: channel.id, seconds });
      app.store.setState((s) => ({ channels: { ...s.channels, [channel.id]: answer.channel } }));
    },
    [app, channel.id],
  );
  return (
    <>
      <p>{retentionText(channel, space)}</p>
      <p className="mt-1 mb-3 text-13 text-quiet">{t("retention.honest")}</p>
      <RetentionChoice
        label={t("retention.channel")}
        value={ownRetention(channel)}
        why={space.readOnly ?? whyNot(channel, "manage-channels")}
        change={change}
      />
    </>
  );
}
