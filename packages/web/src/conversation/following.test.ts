import { describe, expect, test } from "vitest";
import { createFollowing } from "./following.ts";

/** At its end, and followed. */
function aList() {
  const list = { scrollTop: 500, scrollHeight: 1_000, clientHeight: 500 };
  const following = createFollowing();
  following.look(list);
  const after = (change: Partial<typeof list>) => {
    following.look(Object.assign(list, change));
    return following.follows;
  };
  return { list, following, after };
}

describe("a list follows its end", () => {
  test("however far away the end is after something came in", () => {
    const { list, following, after } = aList();
    expect(after({ scrollHeight: 3_000 })).toBe(true);
    following.hold(list);
    expect(list.scrollTop).toBe(3_000);
  });

  test("until somebody scrolls up, by whatever little, also while something comes in", () => {
    expect(aList().after({ scrollTop: 498 })).toBe(false);
    expect(aList().after({ scrollTop: 480, scrollHeight: 3_000 })).toBe(false);
    expect(aList().after({ scrollTop: 480, clientHeight: 400 })).toBe(false);
    const slowly = aList();
    slowly.after({ scrollTop: 499 });
    expect(slowly.after({ scrollTop: 498 })).toBe(false);
  });

  test("when the browser scrolls because the list became higher or its content shorter", () => {
    expect(aList().after({ clientHeight: 520, scrollTop: 480, scrollHeight: 1_100 })).toBe(true);
    expect(aList().after({ scrollTop: 300, scrollHeight: 800 })).toBe(true);
    expect(aList().after({ clientHeight: 520, scrollTop: 470, scrollHeight: 1_100 })).toBe(false);
  });

  test("again when somebody comes back to it, and not when what one reads is moved", () => {
    const { list, following, after } = aList();
    after({ scrollTop: 400 });
    expect(after({ scrollTop: 450 })).toBe(false);
    following.hold(list);
    expect(list.scrollTop).toBe(450);
    expect(after({ scrollTop: 500 })).toBe(true);
  });

  test("when the page itself moves it", () => {
    const { list, following, after } = aList();
    following.place(list, () => (list.scrollTop = 300));
    expect(after({ scrollTop: 300 })).toBe(true);
  });

  test("not when it is left for a message further up", () => {
    const { list, following, after } = aList();
    following.leave();
    following.place(list, () => (list.scrollTop = 300));
    expect(following.follows).toBe(false);
    following.hold(list);
    expect(list.scrollTop).toBe(300);
    expect(after({ scrollTop: 500 })).toBe(true);
  });

  test("and what is not shown was not scrolled", () => {
    const { following, after } = aList();
    following.leave();
    expect(after({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 })).toBe(false);
  });
});
