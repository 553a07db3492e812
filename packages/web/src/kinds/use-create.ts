import type { Channel, Message } from "@multichat/client/contract";
import { useTask } from "../design/use-task.ts";
import { changeTimeline } from "../state/change-timeline.ts";
import { useApp } from "../state/context.tsx";
import { mergeMessages } from "../state/timeline.ts";

/**
 * Makes a message of a kind with a view, and closes what it was made in.
 *
 * @param then what else belongs to it
 */
export function useCreate(
  channel: Channel,
  kind: string,
  onClose: () => void,
  then?: (message: Message) => Promise<void>,
) {
  const app = useApp();
  return useTask(async (value: Record<string, unknown>) => {
    const { message } = await app.client.call("content.create", {
      channel: channel.id,
      kind,
      value,
    });
    changeTimeline(app, channel.id, (timeline) => ({
      ...timeline,
      messages: mergeMessages(timeline.messages, [message]),
    }));
    await then?.(message);
    onClose();
  });
}
