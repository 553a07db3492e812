/** A new workspace: its genesis, the roles it starts with, and #general (spec/04-control.md, spec/permissions.md). */
import { type Event, secretCommitment, signEvent, startingRoles } from "@multichat/core";
import type { Crypto, Random } from "@multichat/core/ports";
import { type EventId, type SpaceId, decodeAccountGenesis, encodeControlPayload, hlcAt, labels, zeroId } from "@multichat/protocol";
import type { Draft } from "./author.ts";
import { draft } from "./author.ts";
import type { AccountKeys, DeviceKeys } from "./vault.ts";

export interface Founding {
  genesis: Event;
  id: SpaceId;
  secret: Uint8Array;
  /** Control events that follow, in this order. */
  drafts: Draft[];
}

export function foundTeam(
  deps: { crypto: Crypto; random: Random },
  params: { name: string; device: DeviceKeys; account: AccountKeys; now: number },
): Founding {
  const { crypto, random } = deps;
  const { device, account } = params;
  const identity = decodeAccountGenesis(account.genesis);
  if (!identity.ok) throw new Error(`own account genesis: ${identity.error}`);
  const secret = random.bytes(32);
  const payload = encodeControlPayload("genesis", {
    kind: "team",
    rules: 0,
    account: account.id,
    device: device.id,
    certificate: account.certificate,
    acceptance: account.acceptance,
    root: [[identity.value.identityKey], 1, crypto.sha256(labels.nextKey, crypto.publicKey(account.nextSeed))],
    parents: [],
    everyone: 0,
    policy: new Map([["name", params.name]]),
    secret: secretCommitment(crypto, secret),
  });
  const none = zeroId as unknown as EventId;
  const genesis = signEvent(
    crypto,
    random,
    device.signingSeed,
    {
      space: zeroId, channel: zeroId, device: device.id, seq: 1, prev: none,
      deps: [], ctl: [], auth: none, hlc: hlcAt(params.now), kind: "genesis", expires: 0,
    },
    payload,
  );
  const roles = startingRoles.map(({ rank, name, colour, permissions }) => draft("role.create", { rank, name, colour, permissions }));
  const general = draft("channel.create", { name: "general", type: "text" });
  return { genesis, id: genesis.id as SpaceId, secret, drafts: [...roles, general] };
}
