import { plainContent } from "@multichat/client/contract";
import type { Message } from "@multichat/client/contract";

/** A message for tests; only what matters to the test is said. */
export function aMessage(of: Partial<Message> = {}): Message {
  const time = of.time ?? 1_000;
  return {
    id: `m${time}`,
    space: "space",
    channel: "channel",
    author: { id: "author", name: "Alice" },
    own: false,
    blocked: false,
    text: "hello",
    kind: "message",
    known: true,
    time,
    position: String(time).padStart(16, "0"),
    late: false,
    ...plainContent,
    wrongClock: false,
    wanted: false,
    deleted: null,
    refused: null,
    delivery: null,
    ...of,
  };
}
