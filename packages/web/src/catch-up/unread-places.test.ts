import type { Channel, Thread } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import { unreadPlaces } from "./unread-places.ts";

const channel = (id: string, unread: number, mentions: number, lastActivity: number) =>
  ({ id, unread, mentions, lastActivity }) as Channel;
const thread = (root: string, of: string, unread: number, lastAt: number): Thread => ({
  root: aMessage({ id: root, channel: of }),
  summary: { replies: 9, unread, lastAt, people: [] },
  following: true,
});

test("what calls one comes first, then the newest; what is read is left out", () => {
  const channels = [
    channel("calm", 0, 0, 99),
    channel("busy", 5, 0, 50),
    channel("calls", 1, 1, 10),
  ];
  const threads = [
    thread("t1", "calm", 2, 70),
    thread("t2", "busy", 0, 80),
    thread("t3", "elsewhere", 1, 90),
  ];
  const found = unreadPlaces(channels, threads).map(({ channel: { id }, root }) => root?.id ?? id);
  expect(found).toEqual(["calls", "t1", "busy"]);
});
