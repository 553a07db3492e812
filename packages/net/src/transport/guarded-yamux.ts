/**
 * yamux, made safe for connections that die at the wrong moment. As it comes, a stream that is opened just as its connection
 * ends is announced in a microtask of its own, the write fails there, and nobody can catch that: the process ends. A
 * write that comes too late is dropped here instead; the streams learn from the end of the connection.
 */
import type { StreamMuxerFactory } from "@libp2p/interface";
import { yamux } from "@libp2p/yamux";
import { transportLimits } from "./limits.ts";

interface Sender {
  send(data: unknown): boolean;
}

export function guardedYamux(): () => StreamMuxerFactory {
  return () => {
    const factory = yamux({
      streamOptions: { maxStreamWindowSize: transportLimits.streamWindowBytes },
    })();
    const create = factory.createStreamMuxer.bind(factory);
    factory.createStreamMuxer = (connection) => {
      const muxer = create(connection);
      if (!isSender(muxer)) throw new Error("libp2p's yamux is built in another way than expected");
      const send = muxer.send.bind(muxer);
      muxer.send = (data) => {
        try {
          return send(data);
        } catch (error) {
          if (error instanceof Error && error.name === "StreamStateError") return false;
          throw error;
        }
      };
      return muxer;
    };
    return factory;
  };
}

const isSender = (value: object): value is Sender =>
  "send" in value && typeof value.send === "function";
