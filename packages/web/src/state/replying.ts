/** Which message is answered by what is being written in a channel or in a thread. */
import type { Id, Message } from "@multichat/client/contract";
import type { App } from "./store.ts";

/** From here on the composer of this channel, or of this thread of it, answers that message, and has the focus. */
export function startReply(app: App, message: Message, thread: Id | null): void {
  app.store.setState((s) => ({
    replying: { ...s.replying, [thread ?? message.channel]: message },
  }));
}

/** @param place the id of the channel, or of the message that the thread hangs on */
export function stopReply(app: App, place: Id): void {
  app.store.setState((s) => {
    const { [place]: _answered, ...replying } = s.replying;
    return { replying };
  });
}
