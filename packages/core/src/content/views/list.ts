/** A list that everybody may change, such as one of tasks (spec/12-content.md): for each item the newest word of anybody. */
import { hlcTime, limits } from "@multichat/protocol";
import type { Said, View } from "../kind.ts";

export const listView: View<"list", "item"> = {
  of: "item",
  text: ({ title }) => title,
  refuses: () => null,
  project({ title }, said, { person }) {
    const items = new Map<string, Said<"item">>();
    for (const one of said) {
      const { item } = one.payload;
      const known = items.get(item);
      if (known === undefined || one.hlc > known.hlc || (one.hlc === known.hlc && one.id > known.id)) items.set(item, one);
    }
    const shown = [...items.values()].filter(({ payload }) => payload.text !== "");
    return {
      title,
      items: shown
        .sort((a, b) => a.payload.place - b.payload.place || (a.payload.item < b.payload.item ? -1 : 1))
        .slice(0, limits.itemsOfList)
        .map(({ author, hlc, payload: { item, text, done, place } }) => ({ item, text, done, place, by: person(author), at: hlcTime(hlc) })),
    };
  },
};
