import { useMemo } from "react";
import { useAppState } from "../state/context.tsx";
import { shownSpace } from "../state/selectors.ts";
import type { Known } from "./read-query.ts";

/** Whom and what a filter can name: those of the place shown before those of others. */
export function useKnown(): Known {
  const space = useAppState((s) => shownSpace(s)?.id ?? null);
  const members = useAppState((s) => s.members);
  const channels = useAppState((s) => s.channels);
  const spaces = useAppState((s) => s.spaces);
  return useMemo(() => {
    const here = space ? (members[space] ?? []) : [];
    const people = new Map(
      [...here, ...Object.values(members).flat()].map(({ id, name }) => [id, { id, name }]),
    );
    const named = Object.values(channels).filter(
      (channel) => spaces[channel.space]?.kind !== "direct",
    );
    return {
      people: [...people.values()],
      channels: named.sort(
        (a, b) =>
          Number(b.space === space) - Number(a.space === space) || a.name.localeCompare(b.name),
      ),
    };
  }, [space, members, channels, spaces]);
}
