import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepListen, readKeptListen } from "./kept-listen.ts";

describe("the ports this device listens on", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "listen-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are kept for every kind of address, on all networks", () => {
    keepListen(folder, [
      "/ip6/fd00::2/tcp/4003",
      "/ip4/192.168.1.5/tcp/4001",
      "/ip4/192.168.1.5/tcp/4002/ws",
      "/ip4/127.0.0.1/tcp/4001",
    ]);
    expect(readKeptListen(folder)).toEqual([
      "/ip6/::/tcp/4003",
      "/ip4/0.0.0.0/tcp/4001",
      "/ip4/0.0.0.0/tcp/4002/ws",
    ]);
  });

  it("are chosen anew when the file is missing or damaged", () => {
    expect(readKeptListen(folder)).toBeNull();
    writeFileSync(join(folder, "listen.json"), "[4001]");
    expect(readKeptListen(folder)).toBeNull();
  });

  it("stay what they were while there is no address at all", () => {
    keepListen(folder, ["/ip4/10.0.0.2/tcp/4001"]);
    keepListen(folder, []);
    expect(readKeptListen(folder)).toEqual(["/ip4/0.0.0.0/tcp/4001"]);
  });
});
