import type { Id } from "@multichat/client/contract";
import { useState } from "react";
import { Field } from "../design/Field.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { navigate } from "../state/route.ts";
import { channelTypes, type ChannelType } from "./channel-types.tsx";
import { ChannelTypeChoice } from "./ChannelTypeChoice.tsx";
import { NewChannelForm } from "./NewChannelForm.tsx";

export function CreateChannelSheet({ space: id }: { space: Id }) {
  const app = useApp();
  const space = useAppState((s) => s.spaces[id]);
  const [topic, setTopic] = useState("");
  const [type, setType] = useState<ChannelType>(channelTypes[0]);
  const create = async (name: string) => {
    const wanted = topic.trim();
    const { channel } = await app.client.call("channel.create", {
      space: id,
      name,
      type,
      ...(wanted && { topic: wanted }),
    });
    // Few write there: those above whoever makes it, and whom they allow it.
    if (type === "announcement")
      await app.client.call("channel.override", {
        channel: channel.id,
        subject: { everyone: true },
        allow: [],
        deny: ["send"],
      });
    app.store.setState((s) => ({ channels: { ...s.channels, [channel.id]: channel } }));
    navigate(app, { at: "space", space: id, channel: channel.id, pane: null });
  };
  return (
    <NewChannelForm title={t("channel.create")} whoSees={t("channel.whoSees")} create={create}>
      <Field
        label={t("channel.topicOptional")}
        value={topic}
        onChange={(event) => setTopic(event.target.value)}
        maxLength={250}
        autoComplete="off"
      />
      <ChannelTypeChoice
        value={type}
        onChoose={setType}
        whyNotAnnounce={space ? whyNot(space, "manage-roles") : null}
      />
    </NewChannelForm>
  );
}
