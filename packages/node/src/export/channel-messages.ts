/** All messages of a channel or thread, oldest first, without holding more than a page of them. */
import type { Client } from "@multichat/client";
import type { Id, Message } from "@multichat/client/contract";

/** The node's largest page. */
const limit = 200;

export async function* messagesOf(
  client: Client,
  place: { channel: Id; thread?: Id },
): AsyncGenerator<Message> {
  /** Where each page ends, the newest first; the newest page has no end. */
  const ends: (string | null)[] = [null];
  for (;;) {
    const before = ends.at(-1)!;
    const { messages, hasOlder } = await client.call("message.list", {
      ...place,
      limit,
      ...(before !== null && { before }),
    });
    const first = messages[0];
    if (!hasOlder || first === undefined) break;
    ends.push(first.position);
  }
  // Read again from the oldest on: positions are little, messages may be much.
  for (const before of ends.toReversed()) {
    const { messages } = await client.call("message.list", {
      ...place,
      limit,
      ...(before !== null && { before }),
    });
    yield* messages;
  }
}
