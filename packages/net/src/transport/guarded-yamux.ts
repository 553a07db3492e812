/**
 * yamux, made safe for connections that die at the wrong moment, observed, and with fewer window updates. As it comes, a stream that
 * is opened just as its connection ends is announced in a microtask of its own, the write fails there, and nobody can catch that: the
 * process ends. A write that comes too late is dropped here instead; the streams learn from the end of the connection.
 */
import type { Connection, StreamMuxerFactory } from "@libp2p/interface";
import { yamux } from "@libp2p/yamux";
import { transportLimits } from "./limits.ts";
import { gatherWindowUpdates } from "./window-updates.ts";

/** What this needs of yamux. */
interface Muxer {
  send(data: unknown): boolean;
  onData(data: unknown): void;
  /** Where every stream is made, whichever side opens it. */
  _newStream(...given: unknown[]): object;
}

/** When something last came over a muxer, in ms of this process. */
const received = new WeakMap<object, number>();

/** When anything at all last came over this connection, window updates included; -Infinity before that. */
export function lastReceived(connection: Connection): number {
  const muxer = "muxer" in connection ? connection.muxer : null;
  return typeof muxer === "object" && muxer !== null
    ? (received.get(muxer) ?? -Infinity)
    : -Infinity;
}

export function guardedYamux(): () => StreamMuxerFactory {
  return () => {
    const streamOptions = { maxStreamWindowSize: transportLimits.streamWindowBytes };
    const factory = yamux({ streamOptions })();
    const create = factory.createStreamMuxer.bind(factory);
    factory.createStreamMuxer = (connection) => {
      const muxer = create(connection);
      if (!isMuxer(muxer)) throw new Error("libp2p's yamux is built in another way than expected");
      guard(muxer);
      return muxer;
    };
    return factory;
  };
}

function guard(muxer: Muxer): void {
  const send = muxer.send.bind(muxer);
  muxer.send = (data) => {
    try {
      return send(data);
    } catch (error) {
      if (error instanceof Error && error.name === "StreamStateError") return false;
      throw error;
    }
  };
  const onData = muxer.onData.bind(muxer);
  muxer.onData = (data) => {
    received.set(muxer, performance.now());
    onData(data);
  };
  const newStream = muxer._newStream.bind(muxer);
  muxer._newStream = (...given) => {
    const stream = newStream(...given);
    gatherWindowUpdates(stream);
    return stream;
  };
}

const isMuxer = (value: object): value is Muxer =>
  "send" in value &&
  typeof value.send === "function" &&
  "onData" in value &&
  typeof value.onData === "function" &&
  "_newStream" in value &&
  typeof value._newStream === "function";
