/** A message port that gathers what is posted in one tick: a batch costs hardly more than one message. */
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

  function post(message: Out): void {
    if (batch.length === 0) setImmediate(flush);
    batch.push(message);
  }

  return {
    post,
    postBytes(message, bytes) {
      post(message);
      transfer.push(bytes.buffer as ArrayBuffer);
    },
    flush,
  };
}
