import { expect, test } from "vitest";
import { readableAddress } from "./readable-address.ts";

test.each([
  ["/ip4/192.0.2.1/tcp/4001", "192.0.2.1:4001"],
  ["/ip4/192.0.2.1/tcp/4002/ws", "192.0.2.1:4002 (WebSocket)"],
  ["/ip6/2001:db8::1/tcp/4001", "[2001:db8::1]:4001"],
  ["/dns4/node.example/tcp/443/wss", "node.example:443 (WebSocket)"],
  ["/ip4/192.0.2.1/udp/4001/quic-v1", "/ip4/192.0.2.1/udp/4001/quic-v1"],
])("%s is shown as %s", (multiaddr, shown) => {
  expect(readableAddress(multiaddr)).toBe(shown);
});
