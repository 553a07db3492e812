/** A turn of the event loop for work of its own. Not by a timer: those of a tab in the background are held up. */
export function createNextTurn(): (work: () => void) => void {
  // Only Node has it, and there a message port would keep the process from ending.
  const { setImmediate } = globalThis as { setImmediate?: (work: () => void) => unknown };
  if (setImmediate !== undefined) return (work) => void setImmediate(work);
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (work) => {
    waiting.push(work);
    port2.postMessage(null);
  };
}
