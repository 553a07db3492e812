/** What follows when a message that was shown is taken back, deleted or hidden: whoever looks is told, and nobody is told of it any more. */
import type { Store } from "@multichat/core/ports";
import type { ChannelId, EventId } from "@multichat/protocol";
import type { Deletes } from "../governing/deletes.ts";
import type { Space } from "../joining/spaces.ts";
import type { Notices } from "../notifications/notices.ts";
import type { IndexOfMessages } from "../search/index-of-messages.ts";
import type { Pushes } from "./pushes.ts";

export interface MessageChanges {
  /** No longer shown in this timeline of a channel. */
  gone(space: Space, channel: ChannelId, timeline: ChannelId, ids: readonly EventId[]): void;
  /** Moderation or its author changed what is to be shown of it. */
  changed(space: Space, channel: ChannelId, id: EventId): void;
  isDeleted(space: Space, id: EventId): boolean;
}

export function createMessageChanges(deps: {
  store: Store;
  pushes(): Pushes;
  notices(): Pick<Notices, "gone">;
  index(): Pick<IndexOfMessages, "changed">;
  deletes(): Deletes;
}): MessageChanges {
  const { store } = deps;

  function isDeleted(space: Space, id: EventId): boolean {
    const event = store.event(id);
    return event !== null && deps.deletes().of(space, event) !== null;
  }

  return {
    isDeleted,
    gone(space, channel, timeline, ids) {
      const pushes = deps.pushes();
      pushes.gone(timeline, ids);
      deps.notices().gone(ids);
      pushes.markChannel(space.id, channel);
    },
    changed(space, channel, id) {
      const pushes = deps.pushes();
      deps.index().changed([id]);
      if (isDeleted(space, id)) {
        deps.notices().gone([id]);
        // There is nothing in it to read any more.
        store.transaction(() => store.putTimeline(store.timelineEntries(id).map((entry) => ({ ...entry, unread: false }))));
      }
      const entry = store.timelineEntry(id);
      const event = store.event(id);
      if (entry !== null && event !== null && pushes.watched(channel)) pushes.messages(space, channel, [{ ...entry, event }]);
      pushes.markChannel(space.id, channel);
    },
  };
}
