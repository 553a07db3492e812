import { multiaddr } from "@multiformats/multiaddr";
import { describe, expect, it } from "vitest";
import { linkKind, listeningAddresses, parseAddress } from "./addresses.ts";
import { OwnNetworks } from "./networks.ts";

const peer = "12D3KooWBmwkafWE2fqfzS96VoTZgpGp6aJsF4N4a3VVmxvhtWKX";

describe("addresses", () => {
  it("reads hosts and TCP ports, with and without the peer", () => {
    expect(parseAddress("/ip4/10.0.0.1/tcp/4001")).toMatchObject({
      host: "10.0.0.1",
      plainTcp: true,
      relayed: false,
    });
    expect(parseAddress(`/ip6/::1/tcp/1/ws/p2p/${peer}`)).toMatchObject({
      text: "/ip6/::1/tcp/1/ws",
      host: "::1",
      plainTcp: false,
    });
    expect(parseAddress("/dns4/example.org/tcp/443/tls/ws")?.host).toBe("example.org");
    expect(parseAddress(`/ip4/1.2.3.4/tcp/1/p2p/${peer}/p2p-circuit`)).toMatchObject({
      relayed: true,
    });
  });

  it.each([
    "",
    "nonsense",
    "/",
    "/ip4/1.2.3.4",
    "/ip4/999.1.1.1/tcp/1",
    "/ip4/1.2.3.4/tcp/99999999",
    "/ip4/1.2.3.4/udp/1",
    `/dns4/${"a".repeat(300)}/tcp/1`,
  ])("does not understand %j", (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it("names what kind of link an address makes", () => {
    const networks = new OwnNetworks({
      lan: [
        {
          address: "192.168.1.5",
          netmask: "",
          family: "IPv4",
          mac: "",
          internal: false,
          cidr: "192.168.1.5/24",
        },
      ],
    });
    const kind = (text: string): string => linkKind(parseAddress(text)!, networks);
    expect(kind("/ip4/127.0.0.1/tcp/1")).toBe("this-machine");
    expect(kind("/ip4/192.168.1.5/tcp/1")).toBe("this-machine");
    expect(kind("/ip4/192.168.1.9/tcp/1")).toBe("same-network");
    expect(kind("/ip4/203.0.113.1/tcp/1")).toBe("direct");
    expect(kind("/ip4/10.0.0.1/tcp/1")).toBe("direct");
    expect(kind(`/ip4/192.168.1.9/tcp/1/p2p/${peer}/p2p-circuit`)).toBe("relayed");
  });

  it("announces what others can dial, loopback last", () => {
    const listeners = [
      "/ip4/127.0.0.1/tcp/1",
      "/ip4/203.0.113.9/tcp/1",
      "/ip4/192.168.1.5/tcp/1",
      "/ip4/169.254.0.3/tcp/1",
      "/ip4/192.168.1.5/tcp/1",
      "/ip4/192.168.1.5/tcp/2/ws",
    ];
    expect(listeningAddresses(listeners.map((text) => multiaddr(text)))).toEqual([
      "/ip4/192.168.1.5/tcp/1",
      "/ip4/192.168.1.5/tcp/2/ws",
      "/ip4/203.0.113.9/tcp/1",
      "/ip4/127.0.0.1/tcp/1",
    ]);
  });
});
