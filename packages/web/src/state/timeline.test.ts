import { describe, expect, test } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import { emptyTimeline, findFirstUnread, letGo, mergeMessages, receive, withDelivery, withoutMessages } from "./timeline.ts";

const at = (time: number, of = {}) => aMessage({ time, id: `m${time}`, ...of });
const ids = (messages: readonly { id: string }[]) => messages.map((message) => message.id);

describe("merging", () => {
  test("pages before, after and overlapping what is here", () => {
    const present = [at(30), at(40)];
    expect(ids(mergeMessages(present, [at(10), at(20)]))).toEqual(["m10", "m20", "m30", "m40"]);
    expect(ids(mergeMessages(present, [at(50)]))).toEqual(["m30", "m40", "m50"]);
    expect(ids(mergeMessages(present, [at(35), at(40), at(45)]))).toEqual(["m30", "m35", "m40", "m45"]);
  });

  test("a newer version replaces the old one, also when it moved", () => {
    const merged = mergeMessages([at(10), at(20, { id: "x", text: "old" }), at(30)], [at(40, { id: "x", text: "new" })]);
    expect(ids(merged)).toEqual(["m10", "m30", "x"]);
    expect(merged[2]?.text).toBe("new");
  });

  test("neither side is changed, and nothing to merge keeps the same list", () => {
    const present = Object.freeze([at(10)]);
    expect(mergeMessages(present, [])).toBe(present);
    mergeMessages(present, Object.freeze([at(5)]));
  });

  test("any order of arrival gives one list", () => {
    const all = Array.from({ length: 60 }, (_, i) => at((i * 37) % 61));
    const sorted = ids(mergeMessages([], all));
    let piecewise: ReturnType<typeof mergeMessages> = [];
    for (let i = 0; i < all.length; i += 7) piecewise = mergeMessages(piecewise, all.slice(i, i + 7));
    expect(ids(piecewise)).toEqual(sorted);
    expect(sorted).toEqual([...sorted].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
  });
});

describe("receiving", () => {
  const loaded = { ...emptyTimeline, messages: [at(100), at(200)], hasOlder: true };

  test("what is older than the loaded part waits for its page", () => {
    expect(receive(loaded, [at(50)])).toBe(loaded);
    expect(ids(receive({ ...loaded, hasOlder: false }, [at(50)]).messages)).toEqual(["m50", "m100", "m200"]);
  });

  test("late ones among the loaded are remembered once", () => {
    const later = receive(loaded, [at(150, { late: true }), at(300)]);
    expect(later.arrivedLater).toEqual(["m150"]);
    expect(receive(later, [at(150, { late: true, text: "again" })]).arrivedLater).toEqual(["m150"]);
  });

  test("an empty channel takes its first message", () => {
    expect(ids(receive({ ...emptyTimeline, hasOlder: false }, [at(1)]).messages)).toEqual(["m1"]);
  });
});

test("acknowledgements change their message only", () => {
  const delivery = { stored: true, devices: 2, of: 3 } as const;
  const before = { ...emptyTimeline, messages: [at(1), at(2)] };
  const after = withDelivery(before, [{ message: "m2", delivery }]);
  expect(after.messages[0]).toBe(before.messages[0]);
  expect(after.messages[1]?.delivery).toEqual(delivery);
});

test("messages that are gone are gone, also from the late ones", () => {
  const before = { ...emptyTimeline, messages: [at(1), at(2)], arrivedLater: ["m1"] };
  expect(withoutMessages(before, ["m1"])).toMatchObject({ messages: [{ id: "m2" }], arrivedLater: [] });
});

describe("the first unread message", () => {
  const messages = [at(1), at(2, { own: true }), at(3), at(4)];

  test("is the first of somebody else after the last one read", () => {
    expect(findFirstUnread({ ...emptyTimeline, messages, readUpTo: "m1" })).toBe("m3");
    expect(findFirstUnread({ ...emptyTimeline, messages, readUpTo: "m4" })).toBeNull();
  });

  test("of a channel never read is its very first", () => {
    expect(findFirstUnread({ ...emptyTimeline, messages, hasOlder: false })).toBe("m1");
  });

  test("is not known while the last one read is not loaded", () => {
    expect(findFirstUnread({ ...emptyTimeline, messages, readUpTo: "m0", hasOlder: true })).toBeNull();
  });
});

test("of too many messages those at one end are let go, and known to be missing", () => {
  const timeline = { ...emptyTimeline, messages: [at(1), at(2), at(3)], hasOlder: false, hasNewer: false };
  const later = letGo(timeline, "oldest", 2);
  expect({ ...later, messages: ids(later.messages) }).toMatchObject({ messages: ["m2", "m3"], hasOlder: true, hasNewer: false });
  const earlier = letGo(timeline, "newest", 2);
  expect({ ...earlier, messages: ids(earlier.messages) }).toMatchObject({ messages: ["m1", "m2"], hasOlder: false, hasNewer: true });
  expect(letGo(timeline, "newest", 3)).toBe(timeline);
});
