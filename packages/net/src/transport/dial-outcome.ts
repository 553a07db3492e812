/** What came of one attempt to reach an address, in words a person can use. */
import type { Address } from "./addresses.ts";
import { transportLimits } from "./limits.ts";
import { isPrivate } from "./networks.ts";
import type { OwnNetworks } from "./networks.ts";

export const outcomes = {
  notUnderstood: "address not understood",
  ownDevice: "this is the device itself",
  otherDevice: "answered, but it is another device",
  refused: "connection refused",
  noAnswer: `no answer within ${transportLimits.dialTimeoutMs / 1000} s`,
  notNear: "not on the same network",
  unreachable: "no route to this address",
  unknownName: "the name is not known",
  /** All that a WebSocket says. */
  noConnection: "could not connect",
  hungUp: "answered, then hung up",
  otherProtocol: "answered, but does not speak Multichat",
  notNeeded: "not tried: there is a link already",
} as const;

/** What a failed connection attempt means; `timedOut` when we gave up waiting. */
export function outcomeOf(
  error: unknown,
  timedOut: boolean,
  address: Address,
  networks: OwnNetworks,
): string {
  const codes = errorCodes(error);
  if (codes.has("ECONNREFUSED")) return outcomes.refused;
  if (codes.has("UnexpectedPeerError") || isOtherKey(error)) return outcomes.otherDevice;
  if (codes.has("ENOTFOUND") || codes.has("EAI_AGAIN")) return outcomes.unknownName;
  const notNear =
    isPrivate(address.host) && !networks.isOwn(address.host) && !networks.isNear(address.host);
  const unreachable = codes.has("EHOSTUNREACH") || codes.has("ENETUNREACH");
  if (timedOut || unreachable || codes.has("ETIMEDOUT")) {
    if (notNear) return outcomes.notNear;
    return unreachable ? outcomes.unreachable : outcomes.noAnswer;
  }
  return error instanceof Error ? outcomes.hungUp : outcomes.noConnection;
}

/** The upgrader keeps only the message of what Noise found. */
const isOtherKey = (error: unknown): boolean =>
  error instanceof Error && error.message.includes("does not match expected remote identity key");

/** Names and codes of an error and of what caused it. */
function errorCodes(error: unknown): Set<string> {
  const codes = new Set<string>();
  let each: unknown = error;
  for (let depth = 0; depth < 5 && typeof each === "object" && each !== null; depth++) {
    if ("name" in each && typeof each.name === "string") codes.add(each.name);
    if ("code" in each && typeof each.code === "string") codes.add(each.code);
    each = "cause" in each ? each.cause : "error" in each ? each.error : null;
  }
  return codes;
}
