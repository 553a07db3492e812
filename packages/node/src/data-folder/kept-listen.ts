/**
 * The ports this device listens on for others, chosen once: members remember its addresses, and must find it there again
 * after both have restarted.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fileName = "listen.json";
const portsOf = /^\/(ip[46])\/[^/]+\/tcp\/(\d+)(\/ws)?$/;

/** Multiaddrs to listen on as last time; null before the first. */
export function readKeptListen(dataDir: string): string[] | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(dataDir, fileName), "utf8"));
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : null;
  } catch {
    // Missing or damaged: other ports are chosen, nothing else is lost.
    return null;
  }
}

/** @param addresses where the transport listens now: one port for each kind of address */
export function keepListen(dataDir: string, addresses: readonly string[]): void {
  const listen = new Set<string>();
  for (const address of addresses) {
    const found = portsOf.exec(address);
    if (found === null) continue;
    const [, family, port, ws = ""] = found;
    listen.add(`/${family}/${family === "ip4" ? "0.0.0.0" : "::"}/tcp/${port}${ws}`);
  }
  if (listen.size > 0)
    writeFileSync(join(dataDir, fileName), `${JSON.stringify([...listen])}\n`, { mode: 0o600 });
}
