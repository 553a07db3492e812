/** Items in the order of (number, id), as channels and timelines are kept; nearly always added at the end. */
export interface Place {
  number: bigint;
  id: string;
}

export class SortedList<Item> {
  readonly items: Item[] = [];
  readonly #place: (item: Item) => Place;

  constructor(place: (item: Item) => Place) {
    this.#place = place;
  }

  add(item: Item): void {
    const at = this.countBefore(this.#place(item));
    if (at === this.items.length) this.items.push(item);
    else this.items.splice(at, 0, item);
  }

  remove(item: Item): void {
    this.items.splice(this.countBefore(this.#place(item)), 1);
  }

  /** How many items stand before this place, the item at the place itself not counted. */
  countBefore(place: Place): number {
    const last = this.items.at(-1);
    if (last === undefined || isBefore(this.#place(last), place)) return this.items.length;
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.#place(this.items[middle]!), place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** As `countBefore`, the item at the place itself counted. */
  countUpTo(place: Place): number {
    const before = this.countBefore(place);
    const item = this.items[before];
    return item !== undefined && !isBefore(place, this.#place(item)) ? before + 1 : before;
  }
}

function isBefore(a: Place, b: Place): boolean {
  return a.number < b.number || (a.number === b.number && a.id < b.id);
}
