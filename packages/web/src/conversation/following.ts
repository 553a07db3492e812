/**
 * Whether a list follows its end. That is left only by scrolling up, and taken up again by coming to the end: a distance that
 * appears because something came in or changed its size says nothing. Browsers do not say who scrolled, so this remembers
 * where the list was last, and what of a move the layout explains.
 */

/** Of an element that scrolls. */
interface Scrolled {
  scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

export interface Following {
  /** The list is at its end and stays there. */
  readonly follows: boolean;
  /** Finds out whether somebody scrolled since it was looked at last. */
  look(list: Scrolled): void;
  /** The page itself moves the list, perhaps away from the end: somebody who left before that has left, but following does not begin. */
  place(list: Scrolled, move: () => unknown): void;
  /** To the end, where it is followed. */
  hold(list: Scrolled): void;
  begin(): void;
  leave(): void;
}

/** The browser rounds the measures of a list to whole pixels. */
const roundedPx = 1;

export function createFollowing(): Following {
  let follows = true;
  let last = { top: 0, content: 0, window: 0 };

  const measure = (list: Scrolled) => ({
    top: list.scrollTop,
    content: list.scrollHeight,
    window: list.clientHeight,
  });
  function look(list: Scrolled): void {
    const now = measure(list);
    // It is not shown.
    if (now.window === 0) return;
    // Where less content is left or more of it is shown, the end moves up and takes the list along.
    const byLayout =
      Math.max(0, now.window - last.window) + Math.max(0, last.content - now.content);
    const up = last.top - now.top - byLayout;
    if (now.content - now.window - now.top <= roundedPx) follows = true;
    else if (up > (byLayout > 0 ? roundedPx : 0)) follows = false;
    last = now;
  }
  return {
    get follows() {
      return follows;
    },
    look,
    place(list, move) {
      const followed = follows;
      look(list);
      follows &&= followed;
      move();
      last = measure(list);
    },
    hold(list) {
      if (!follows) return;
      list.scrollTop = list.scrollHeight;
      last = measure(list);
    },
    begin() {
      follows = true;
    },
    leave() {
      follows = false;
    },
  };
}
