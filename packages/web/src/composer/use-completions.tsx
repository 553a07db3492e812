/** What can be named where the caret is: people, roles, everyone, channels, emoji. */
import type { Channel, Mention, Space } from "@multichat/client/contract";
import { AtSign, Hash, Megaphone } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { Avatar } from "../design/Avatar.tsx";
import { t } from "../i18n/messages.ts";
import { plain } from "../members/matching-people.ts";
import { useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { channelsOf } from "../state/selectors.ts";
import { useListed } from "../state/use-listed.ts";
import type { Completing } from "./completing.ts";
import { useEmoji } from "./use-emoji.ts";

export interface Completion {
  key: string;
  label: string;
  note: string | null;
  icon: ReactNode;
  /** Why it cannot be chosen. */
  why: string | null;
  /** What is put into the text: a name that becomes a token, or a text as it is. */
  put: { mention: Mention } | { text: string };
}

const mostShown = 8;

export function useCompletions(
  space: Space,
  channel: Channel,
  completing: Completing | null,
): readonly Completion[] {
  const sign = completing?.sign;
  const query = completing?.query ?? "";
  const members = useAppState((s) => s.members[space.id]);
  const channels = useAppState((s) => s.channels);
  const withRoles = sign === "@" && space.kind !== "direct";
  const roles = useListed("role.list", withRoles ? { space: space.id } : null, "roles", space.id)
    .value?.roles;
  const emoji = useEmoji(sign === ":" ? query : null, mostShown);
  const silent = whyNot(channel, "mention-everyone");

  const all = useMemo((): readonly Completion[] => {
    if (sign === "#")
      return [
        ...channelsOf(channels, space.id),
        ...(space.parent ? channelsOf(channels, space.parent.id) : []),
      ].map(ofChannel);
    if (sign === ":")
      return emoji.map(({ emoji: symbol, name }) => ({
        key: symbol,
        label: name,
        note: null,
        icon: <span aria-hidden="true">{symbol}</span>,
        why: null,
        put: { text: symbol },
      }));
    const people = (members ?? []).filter(({ you, blocked }) => !you && !blocked);
    const groups = (roles ?? []).map(({ id, name }) =>
      ofGroup(name, { token: `<@&${id}>`, kind: "role", id, name }, silent),
    );
    return [
      ...people.map((person): Completion => ({
        key: person.id,
        label: person.name,
        note: person.petname && person.chosenName !== person.name ? person.chosenName : null,
        icon: <Avatar id={person.id} name={person.name} size="s" />,
        why: null,
        put: {
          mention: { token: `<@${person.id}>`, kind: "person", id: person.id, name: person.name },
        },
      })),
      ...groups,
      ofGroup(
        t("composer.everyone"),
        { token: "<@everyone>", kind: "everyone", id: null, name: "everyone" },
        silent,
      ),
    ];
  }, [sign, members, channels, roles, emoji, silent, space]);

  const active = completing !== null;
  return useMemo(() => {
    if (!active) return [];
    // Emoji were looked for by more than their names.
    return sign === ":" ? all : fitting(all, query).slice(0, mostShown);
  }, [all, query, active, sign]);
}

function ofChannel({ id, name, topic }: Channel): Completion {
  return {
    key: id,
    label: name,
    note: topic || null,
    icon: <Hash aria-hidden="true" />,
    why: null,
    put: { mention: { token: `<#${id}>`, kind: "channel", id, name } },
  };
}

function ofGroup(label: string, mention: Mention, why: string | null): Completion {
  const Icon = mention.kind === "everyone" ? Megaphone : AtSign;
  return {
    key: mention.token,
    label,
    note: mention.kind === "role" ? t("composer.role") : null,
    icon: <Icon aria-hidden="true" />,
    why,
    put: { mention },
  };
}

/** Those that begin with it before those of which a later word does. */
function fitting(all: readonly Completion[], query: string): readonly Completion[] {
  const wanted = plain(query);
  const [first, then]: [Completion[], Completion[]] = [[], []];
  for (const completion of all) {
    const label = plain(completion.label);
    if (label.startsWith(wanted)) first.push(completion);
    else if (/[\s_-]/u.test(label) && startsLaterWord(label, wanted)) then.push(completion);
  }
  return [...first, ...then];
}

function startsLaterWord(label: string, wanted: string): boolean {
  for (let at = label.indexOf(wanted); at !== -1; at = label.indexOf(wanted, at + 1)) {
    if (/[\s_-]/u.test(label[at - 1] ?? "")) return true;
  }
  return false;
}
