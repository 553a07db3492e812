/** New spaces: the genesis, and for a workspace the roles it starts with and #general (spec/04-control.md, spec/permissions.md). */
import {
  type AccountState,
  type Event,
  secretCommitment,
  signEvent,
  startingRoles,
  vouchersOf,
} from "@multichat/core";
import type { Crypto, Random } from "@multichat/core/ports";
import {
  type ControlPayload,
  type EventId,
  type SpaceId,
  encodeControlPayload,
  fromHex,
  hlcAt,
  zeroId,
} from "@multichat/protocol";
import type { Draft } from "../conversation/author.ts";
import { draft } from "../conversation/author.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

export interface Founding {
  /** The genesis, and the bindings of those who vouched for its device: without them nobody believes whose it is. */
  begin: Event[];
  id: SpaceId;
  secret: Uint8Array;
  /** Control events that follow, in this order. */
  drafts: Draft[];
}

export interface Founder {
  device: DeviceKeys;
  account: Pick<AccountKeys, "id" | "certificate" | "acceptance" | "log">;
  /** Whose identity key becomes the root. */
  identity: Pick<AccountState, "identityKey" | "nextKeyHash">;
  now: number;
}

interface FoundingDeps {
  crypto: Crypto;
  random: Random;
}

export function foundTeam(deps: FoundingDeps, founder: Founder, name: string): Founding {
  const founding = foundSpace(deps, founder, { kind: "team", policy: new Map([["name", name]]) });
  const roles = startingRoles.map(({ rank, name: role, colour, permissions }) =>
    draft("role.create", { rank, name: role, colour, permissions }),
  );
  const general = draft("channel.create", { name: "general", type: "text" });
  return { ...founding, drafts: [...roles, general] };
}

export function foundSpace(
  { crypto, random }: FoundingDeps,
  { device, account, identity, now }: Founder,
  { kind, policy, parents = [], root }: Pick<ControlPayload<"genesis">, "kind" | "policy"> & Partial<Pick<ControlPayload<"genesis">, "parents" | "root">>,
): Founding {
  const secret = random.bytes(32);
  const payload = encodeControlPayload("genesis", {
    kind,
    rules: 0,
    account: account.id,
    device: device.id,
    certificate: account.certificate,
    acceptance: account.acceptance,
    root: root ?? [[fromHex(identity.identityKey)], 1, identity.nextKeyHash],
    parents,
    everyone: 0,
    policy,
    secret: secretCommitment(crypto, secret),
  });
  const none = zeroId as unknown as EventId;
  const hlc = hlcAt(now);
  const genesis = signEvent(
    crypto,
    random,
    device.signingSeed,
    {
      space: zeroId,
      channel: zeroId,
      device: device.id,
      seq: 1,
      prev: none,
      deps: [],
      ctl: [],
      auth: none,
      hlc,
      kind: "genesis",
      expires: 0,
    },
    payload,
  );
  const space = genesis.id as SpaceId;
  const begin = [genesis];
  for (const { device: vouching, certificate, acceptance } of vouchersOf(crypto, account, account.log)) {
    const before = begin.at(-1)!;
    const seq = begin.length + 1;
    const header = { space, channel: space, device: device.id, seq, prev: before.id, deps: [], ctl: [before.id], auth: none, hlc: hlc + BigInt(begin.length), kind: "device.bind", expires: 0 };
    begin.push(signEvent(crypto, random, device.signingSeed, header, encodeControlPayload("device.bind", { account: account.id, device: vouching, by: vouching, certificate, acceptance })));
  }
  return { begin, id: space, secret, drafts: [] };
}
