/** Timers in the order in which they fall due; equal times in the order in which they were set. A binary heap. */
export interface Timer {
  due: number;
  order: number;
  callback: (() => void) | null;
}

const before = (a: Timer, b: Timer): boolean =>
  a.due < b.due || (a.due === b.due && a.order < b.order);

export class TimerQueue {
  private readonly heap: Timer[] = [];
  private nextOrder = 0;

  add(due: number, callback: () => void): Timer {
    const timer: Timer = { due, order: this.nextOrder++, callback };
    const { heap } = this;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(timer, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = timer;
    return timer;
  }

  /** The first timer that was not cancelled, or undefined. */
  first(): Timer | undefined {
    while (this.heap[0] !== undefined && this.heap[0].callback === null) this.removeFirst();
    return this.heap[0];
  }

  takeFirst(): Timer | undefined {
    const timer = this.first();
    if (timer !== undefined) this.removeFirst();
    return timer;
  }

  private removeFirst(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}
