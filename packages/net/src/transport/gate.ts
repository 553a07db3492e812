/** Tells the door who comes: libp2p's connection gater is asked at each step of a connection. */
import type { ConnectionGater, MultiaddrConnection, PeerId, PublicKey } from "@libp2p/interface";
import { describe } from "./addresses.ts";
import { deviceOf } from "./device-key.ts";
import type { Door } from "./door.ts";
import { customerOf } from "./networks.ts";
import type { Visitor } from "./places.ts";

export function gateFor(own: PublicKey, door: Door): ConnectionGater {
  const visitors = new WeakMap<MultiaddrConnection, Visitor>();
  const isSelf = (peer: PeerId): boolean => peer.publicKey?.equals(own) === true;
  return {
    // Homes are reached by private addresses: libp2p's browser rules do not apply here.
    denyDialMultiaddr: () => false,
    // A copied data folder run twice, or this device by another of its addresses.
    denyOutboundEncryptedConnection: (peer) => isSelf(peer),
    denyInboundConnection(connection) {
      const visitor: Visitor = {
        host: customerOf(describe(connection.remoteAddr)?.host ?? ""),
        turnOut: () => connection.abort(new Error("its place is needed")),
      };
      visitors.set(connection, visitor);
      connection.addEventListener("close", () => door.leaves(visitor));
      door.knocks(visitor);
      return false;
    },
    denyInboundEncryptedConnection(peer, connection) {
      const visitor = visitors.get(connection);
      const device = deviceOf(peer);
      if (visitor === undefined || device === null || isSelf(peer)) return true;
      // It may have been turned out meanwhile.
      if (connection.status === "open") door.proves(visitor, device);
      return false;
    },
  };
}
