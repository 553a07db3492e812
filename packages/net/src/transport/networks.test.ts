import { describe, expect, it } from "vitest";
import { OwnNetworks, customerOf, isLinkLocal, isLoopback, isPrivate } from "./networks.ts";
import type { Interfaces } from "./networks.ts";

const ip4 = (
  address: string,
  prefix: number,
  internal = false,
): NonNullable<Interfaces[string]>[number] => ({
  address,
  netmask: "",
  family: "IPv4",
  mac: "",
  internal,
  cidr: `${address}/${prefix}`,
});
const ip6 = (address: string, prefix: number): NonNullable<Interfaces[string]>[number] => ({
  address,
  netmask: "",
  family: "IPv6",
  mac: "",
  internal: false,
  cidr: `${address}/${prefix}`,
  scopeid: 0,
});

describe("networks", () => {
  it("knows which addresses are not public", () => {
    for (const host of [
      "10.1.2.3",
      "172.31.0.1",
      "192.168.1.1",
      "100.64.0.1",
      "169.254.1.1",
      "fd00::1",
      "fe80::1",
    ])
      expect([host, isPrivate(host)]).toEqual([host, true]);
    for (const host of ["172.32.0.1", "8.8.8.8", "2001:db8::1", "example.org", ""])
      expect([host, isPrivate(host)]).toEqual([host, false]);
    expect([isLoopback("127.9.9.9"), isLoopback("::1"), isLoopback("10.0.0.1")]).toEqual([
      true,
      true,
      false,
    ]);
    expect([isLinkLocal("169.254.3.4"), isLinkLocal("fe80::2"), isLinkLocal("fd00::2")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("tells this machine, its networks and the rest apart", () => {
    const networks = new OwnNetworks({
      lo: [ip4("127.0.0.1", 8, true)],
      lan: [ip4("10.1.0.11", 24), ip6("2001:db8:1::5", 64)],
      gone: undefined,
    });
    expect([
      networks.isOwn("10.1.0.11"),
      networks.isOwn("127.0.0.5"),
      networks.isOwn("10.1.0.12"),
    ]).toEqual([true, true, false]);
    expect([
      networks.isNear("10.1.0.12"),
      networks.isNear("10.2.0.12"),
      networks.isNear("2001:db8:1::9"),
    ]).toEqual([true, false, true]);
    expect([networks.isNear("127.0.0.1"), networks.isNear("example.org")]).toEqual([false, false]);
  });

  it("says what belongs to one customer", () => {
    const hosts = [
      ["192.0.2.7", "192.0.2.7"],
      ["::ffff:192.0.2.7", "192.0.2.7"],
      ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
      ["2001:0db8:1:2::9", "2001:db8:1:2"],
      ["2001:db8::9", "2001:db8:0:0"],
      ["::1", "0:0:0:0"],
      ["fe80::1%eth0", "fe80:0:0:0"],
    ];
    for (const [host, customer] of hosts) expect(customerOf(host!)).toBe(customer);
  });
});
