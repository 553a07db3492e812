import type { Id } from "@multichat/client/contract";
import { useState } from "react";
import { Field } from "../design/Field.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { NewChannelForm } from "./NewChannelForm.tsx";

export function CreateChannelSheet({ space }: { space: Id }) {
  const app = useApp();
  const [topic, setTopic] = useState("");
  const create = async (name: string) => {
    const wanted = topic.trim();
    const { channel } = await app.client.call("channel.create", { space, name, ...(wanted ? { topic: wanted } : {}) });
    app.store.setState((s) => ({ channels: { ...s.channels, [channel.id]: channel } }));
    navigate(app, { at: "space", space, channel: channel.id, pane: null });
  };
  return (
    <NewChannelForm title={t("channel.create")} whoSees={t("channel.whoSees")} create={create}>
      <Field label={t("channel.topicOptional")} value={topic} onChange={(event) => setTopic(event.target.value)} maxLength={250} autoComplete="off" />
    </NewChannelForm>
  );
}
