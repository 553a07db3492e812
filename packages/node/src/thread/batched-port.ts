/**
 * A message port that gathers what is posted in one go, however long the chain of what sets off what: each message to another thread
 * wakes that thread, which costs more than a small message itself, and a batch is worked off cheaper than one after another.
 */
interface Port {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
}

export interface BatchedPort<Out> {
  post(message: Out): void;
  /** Hands bytes over without copying them; the sender must not use them again. */
  postBytes(message: Out, bytes: Uint8Array): void;
  /** Sends what is gathered now. */
  flush(): void;
}

export function createBatchedPort<Out>(port: Port): BatchedPort<Out> {
  let batch: Out[] = [];
  let transfer: ArrayBuffer[] = [];

  function flush(): void {
    if (batch.length === 0) return;
    const messages = batch;
    const buffers = transfer;
    batch = [];
    transfer = [];
    port.postMessage(messages, buffers);
  }

  function add(message: Out): void {
    // After what is running now and everything it has set off.
    if (batch.length === 0) process.nextTick(flush);
    batch.push(message);
  }

  return {
    post: add,
    postBytes(message, bytes) {
      add(message);
      transfer.push(bytes.buffer as ArrayBuffer);
    },
    flush,
  };
}
