/**
 * A message port that wakes the other side at once and gathers what follows in the same go: one message is not kept waiting, and a
 * batch costs hardly more than one.
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
  let gathering = false;

  function flush(): void {
    if (batch.length === 0) return;
    const messages = batch;
    const buffers = transfer;
    batch = [];
    transfer = [];
    port.postMessage(messages, buffers);
  }

  function add(message: Out): void {
    batch.push(message);
    if (gathering) return;
    gathering = true;
    flush();
    // After what is running now and everything it has set off.
    process.nextTick(() => {
      gathering = false;
      flush();
    });
  }

  return {
    post: add,
    postBytes(message, bytes) {
      transfer.push(bytes.buffer as ArrayBuffer);
      add(message);
    },
    flush,
  };
}
