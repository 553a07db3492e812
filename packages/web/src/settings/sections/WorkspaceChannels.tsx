import type { Space } from "@multichat/client/contract";
import { useMemo, useState } from "react";
import { Choice } from "../../design/Choice.tsx";
import { ChannelRetention } from "../../expiry/ChannelRetention.tsx";
import { t } from "../../i18n/messages.ts";
import { ChannelRules } from "../../roles/ChannelRules.tsx";
import { ChannelSwitches } from "../../roles/ChannelSwitches.tsx";
import { ViewAs } from "../../roles/ViewAs.tsx";
import { useAppState } from "../../state/context.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** What each channel allows to whom, and what follows from it. */
export function WorkspaceChannels({ space }: { space: Space }) {
  const all = useAppState((s) => s.channels);
  const behind = useAppState((s) => (s.route.at === "space" ? s.route.channel : null));
  const channels = useMemo(
    () => Object.values(all).filter((channel) => channel.space === space.id).sort((a, b) => Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name)),
    [all, space.id],
  );
  const [chosen, setChosen] = useState(behind);
  const channel = channels.find(({ id }) => id === chosen) ?? channels[0];
  if (!channel) return null;
  return (
    <SectionBody key={channel.id}>
      <Choice
        label={t("rules.channel")}
        value={channel.id}
        onChoose={setChosen}
        options={channels.map(({ id, name, archived }) => ({ value: id, label: archived ? t("rules.archivedName", { name }) : `#${name}` }))}
      />
      <Piece title={t("rules.title")}>
        <ChannelRules space={space} channel={channel} />
      </Piece>
      <Piece title={t("viewAs.title")}>
        <ViewAs space={space} channel={channel} />
      </Piece>
      <Piece title={t("rules.state")}>
        <ChannelSwitches channel={channel} />
      </Piece>
      <Piece title={t("retention.title")}>
        <ChannelRetention space={space} channel={channel} />
      </Piece>
    </SectionBody>
  );
}
