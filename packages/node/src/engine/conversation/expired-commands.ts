/** What is not here any more because it disappeared, counted for exports (spec/local-api.md). */
import { contentKind } from "@multichat/core";
import type { ArrivedEvent, Store } from "@multichat/core/ports";
import { decodeHeader } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";
import { formatPosition, parsePosition } from "./present.ts";

/** Events looked at for one answer: some milliseconds. */
const page = 500;

export function createExpiredCommands({ node, readableChannel, now }: Scope, store: Store) {
  function hasExpired(space: Space, event: ArrivedEvent): boolean {
    const header = decodeHeader(event.header);
    if (event.payload !== null || !header.ok || contentKind(event.kind).place === null) return false;
    const at = node.expiry.of(space, header.value);
    return at !== null && at <= now() && space.replica.refusal(event.id) === null && node.governance.deletes.of(space, event) === null;
  }

  return {
    "channel.expired": ({ channel: id, before }) => {
      const { space, channel } = readableChannel(id);
      const from = before === undefined ? null : parsePosition(before);
      if (before !== undefined && from === null) throw new Failure("bad-request", "That is not a position in a channel.");
      const events = store.eventsBefore(channel, from === null ? null : { hlc: from.time, id: from.id }, page);
      const last = events.at(-1);
      const next = last === undefined || events.length < page ? null : formatPosition({ time: last.hlc, id: last.id });
      return { expired: events.filter((event) => hasExpired(space, event)).length, next };
    },
  } satisfies Handlers;
}
