/**
 * Window updates of a yamux stream, gathered. As it comes, every data frame is answered at once by an update for just its bytes: a
 * packet, and a wake-up of the other side, for every message that comes alone.
 */
import { transportLimits } from "./limits.ts";

/** What this needs of a stream of yamux. */
interface WindowedStream {
  state: number;
  /** Bytes of a full window, and of it those the other side may still send as far as it was told. */
  recvWindow: number;
  recvWindowCapacity: number;
  sendWindowUpdate(): void;
}

/** yamux's StreamState. In all others an update opens, answers or ends something, and goes out. */
const established = 3;

export function gatherWindowUpdates(stream: object): void {
  if (!isWindowed(stream))
    throw new Error("yamux's streams are built in another way than expected");
  const send = stream.sendWindowUpdate.bind(stream);
  stream.sendWindowUpdate = () => {
    const untold = stream.recvWindow - stream.recvWindowCapacity;
    if (stream.state !== established || untold >= transportLimits.windowUpdateBytes) send();
  };
}

const isWindowed = (value: object): value is WindowedStream =>
  "sendWindowUpdate" in value &&
  typeof value.sendWindowUpdate === "function" &&
  "state" in value &&
  "recvWindow" in value &&
  "recvWindowCapacity" in value;
