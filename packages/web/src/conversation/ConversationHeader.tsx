import type { Channel, Space } from "@multichat/client/contract";
import { ArrowLeft, Info, Pin, Search, UserPlus, Users } from "lucide-react";
import { IconButton } from "../design/IconButton.tsx";
import { RetentionMark } from "../expiry/RetentionMark.tsx";
import { formatLocale, t } from "../i18n/messages.ts";
import { PresenceWords } from "../presence/PresenceWords.tsx";
import { useApp } from "../state/context.tsx";
import type { SidePane } from "../state/address.ts";
import { whyNot } from "../state/permissions.ts";
import { placeName } from "../state/places.ts";
import { navigate } from "../state/route.ts";
import { openSheet } from "../state/store.ts";
import { PlaceMark } from "./PlaceMark.tsx";

interface Props {
  space: Space;
  channel: Channel;
  pane: SidePane | null;
}

export function ConversationHeader({ space, channel, pane }: Props) {
  const app = useApp();
  const show = (wanted: SidePane) =>
    navigate(app, { at: "space", space: space.id, channel: channel.id, pane: pane === wanted ? null : wanted });
  const name = placeName(space, channel);
  return (
    <header className="flex min-h-13 shrink-0 items-center gap-1 border-b border-line ps-4 pe-2 max-two:flex-wrap max-two:justify-end max-two:ps-1">
      <IconButton
        label={t("conversation.back")}
        icon={<ArrowLeft />}
        className="two:hidden"
        onClick={() => navigate(app, { at: "space", space: space.id, channel: null, pane: null })}
      />
      <h1 className="flex min-w-0 shrink items-center text-17 font-bold max-two:flex-1 max-two:basis-24" title={space.kind === "team" ? `#${name}` : name}>
        <PlaceMark kind={space.kind} type={channel.type} />
        <bdi className="min-w-0 truncate">{name}</bdi>
      </h1>
      {space.kind === "direct" && !space.group && space.people.length === 1 && (
        <PresenceWords account={space.people[0]!.id} className="ms-2 text-13 text-quiet max-two:hidden" />
      )}
      {channel.topic && (
        <button
          type="button"
          dir="auto"
          title={channel.topic}
          onClick={() => show("details")}
          className="ms-2 min-h-8 min-w-24 flex-1 truncate rounded-s px-2 text-start text-13 text-quiet hover:bg-hover hover:text-text max-two:hidden"
        >
          {channel.topic}
        </button>
      )}
      <span className={channel.topic ? "hidden" : "flex-1 max-two:hidden"} />
      <RetentionMark space={space} channel={channel} onOpen={() => show("details")} />
      <IconButton label={t("search.title")} icon={<Search />} onClick={() => openSheet(app, { kind: "search", scope: space.kind === "team" ? "space" : "channel", query: "" })} />
      {space.kind !== "team" && (
        <IconButton
          label={t("addPeople.action")}
          icon={<UserPlus />}
          why={space.readOnly ?? (space.kind === "private" ? whyNot(space, "manage-roles") : null)}
          onClick={() => openSheet(app, { kind: "add-people", space: space.id })}
        />
      )}
      <button
        type="button"
        aria-pressed={pane === "members"}
        title={t("members.show", { count: space.members })}
        onClick={() => show("members")}
        className="inline-flex min-h-8 min-w-8 shrink-0 items-center gap-1.5 rounded-s px-2 text-13 text-quiet tabular-nums hover:bg-hover hover:text-text aria-pressed:bg-pressed aria-pressed:text-text pointer-coarse:min-h-11"
      >
        <Users aria-hidden="true" className="size-4.5" />
        <span className="sr-only">{t("members.show", { count: space.members })}</span>
        <span aria-hidden="true">{new Intl.NumberFormat(formatLocale()).format(space.members)}</span>
      </button>
      <IconButton label={t("pins.title")} icon={<Pin />} aria-pressed={pane === "pins"} className="max-two:hidden" onClick={() => show("pins")} />
      <IconButton label={t("details.show")} icon={<Info />} aria-pressed={pane === "details"} onClick={() => show("details")} />
    </header>
  );
}
