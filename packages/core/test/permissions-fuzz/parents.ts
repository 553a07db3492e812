/** Removals in a parent, as proofs that a `parent.applied` carries (spec/04-control.md, rule 9). */
import { labels, concat, encode, encodeControlPayload, encodeHeader, eventValue, hlcAt, idToBytes, zeroId } from "@multichat/protocol";
import type { AccountId, EventId, Header } from "@multichat/protocol";
import { parentMessage } from "../../src/control/mechanical.ts";
import { fakeCrypto as crypto } from "./fake-crypto.ts";
import { type Account, type Device, type World, nothing } from "./world.ts";

/** The event by which somebody removed the account there. */
export function removalThere(world: World, by: Device, account: AccountId): Uint8Array {
  const payload = encodeControlPayload("remove", { account });
  const salt = new Uint8Array(16);
  const header: Header = {
    space: world.parent.space, channel: world.parent.space, device: by.id, seq: 1, prev: nothing, deps: [], ctl: [world.parent.space as string as EventId], auth: zeroId as string as EventId,
    hlc: hlcAt(Date.UTC(2026, 0, 1)), kind: "remove", expires: 0, payloadLength: payload.length, payloadHash: crypto.sha256(labels.payload, salt, payload), ext: new Map(),
  };
  const bytes = encodeHeader(header);
  return encode(eventValue({ header: bytes, signature: crypto.sign(by.seed, concat(labels.event, bytes)), salt, payload }));
}

/** Applies a removal, with that event. */
export function apply(world: World, by: Device, victim: Account, heads: readonly EventId[]): EventId {
  return world.write(by, "parent.applied", { account: victim.id, proof: removalThere(world, by, victim.id) }, { heads, auth: nothing });
}

/** Applies a removal by the word of so many of the parent's root keys. */
export function applyByRoots(world: World, by: Device, victim: Account, heads: readonly EventId[], keys: number): EventId {
  const sorted = [...heads].sort();
  const at = { ctl: sorted, device: by.id, seq: world.next(by, sorted).seq };
  const message = parentMessage(crypto, world.space as unknown as EventId, victim.id, at);
  const signatures = world.parent.seeds.slice(0, keys).map((seed) => [crypto.publicKey(seed), crypto.sign(seed, message)]);
  return world.write(by, "parent.applied", { account: victim.id, proof: encode([idToBytes(world.parent.space), signatures]) }, { heads: sorted, auth: nothing });
}
