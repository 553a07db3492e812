/** Finding messages (spec/local-api.md, `search`). */
import { plainName } from "@multichat/core";
import type { Store, StoreSearch } from "@multichat/core/ports";
import type { Hit } from "@multichat/client/contract";
import { type AccountId, type ChannelId, type EventId, hlcAt } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { isSelf } from "../accounts/self-space.ts";
import { Failure } from "../failure.ts";
import { fileHits, findableFiles, isFound } from "./found-files.ts";
import type { IndexOfMessages } from "./index-of-messages.ts";
import { snippetOf } from "./snippet.ts";

/** Pins of one channel that are looked through. */
const pinsOfChannel = 500;

export function createSearchCommands(scope: Scope, store: Store, index: Pick<IndexOfMessages, "catchUp">) {
  const { node } = scope;

  /** Those named; undefined for all there are. What this account has left is not looked through. */
  function channelsOf(space: string | undefined, channel: string | undefined): ChannelId[] | undefined {
    if (channel !== undefined) return [scope.readableChannel(channel).channel];
    if (space !== undefined) return [...scope.state(scope.readable(space)).channels.keys()];
    const spaces = [...node.spaces.all()].filter((one) => !isSelf(one));
    const shown = spaces.filter((one) => node.present.space(one) !== null);
    return shown.length === spaces.length ? undefined : shown.flatMap((one) => [...scope.state(one).channels.keys()]);
  }

  function pinnedIn(channels: readonly ChannelId[] | undefined): EventId[] {
    const all = channels ?? [...node.spaces.all()].flatMap((space) => [...(space.replica.state()?.channels.keys() ?? [])]);
    return all.flatMap((channel) => store.annotated(channel, "pin", pinsOfChannel));
  }

  function hitOf(id: EventId, query: string): Hit[] {
    const event = store.event(id);
    const entry = event === null ? null : store.timelineEntry(id);
    const space = event === null ? null : node.spaces.get(event.space);
    const state = space?.replica.state() ?? null;
    if (event === null || entry === null || space === null || state === null) return [];
    const message = node.present.message(space, { ...entry, event });
    const text = message.title === null ? node.contents.plainText(space, event) : `${message.title}\n${node.contents.plainText(space, event)}`;
    const files = fileHits(findableFiles(event, message.own), query);
    return [
      {
        message,
        channelName: plainName(state.channels.get(event.channel)?.name ?? ""),
        spaceName: node.present.space(space)?.name ?? "",
        ...snippetOf(text, query),
        files: text === "" ? files : files.filter(isFound),
      },
    ];
  }

  return {
    search: ({ query, space, channel, from, before, after, pinned, hasFile, cursor, limit = 25, relevance = false }) => {
      index.catchUp();
      const channels = channelsOf(space, channel);
      const wanted: StoreSearch = {
        query,
        ...(channels !== undefined && { channels }),
        ...(from !== undefined && { author: from as AccountId }),
        ...(before !== undefined && { before: hlcAt(before) }),
        ...(after !== undefined && { after: hlcAt(after) }),
        ...(hasFile === true && { hasFile }),
        ...(pinned === true && { among: pinnedIn(channels) }),
      };
      try {
        const { events, total, order, next } = store.search(wanted, cursor ?? null, limit, relevance);
        return { hits: events.flatMap((id) => hitOf(id, query)), total, order, next };
      } catch (error) {
        if (error instanceof RangeError) throw new Failure("bad-request", "That is no place in a list of hits.");
        throw error;
      }
    },
  } satisfies Handlers;
}
