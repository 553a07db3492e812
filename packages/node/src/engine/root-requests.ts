/**
 * Asking those who may take over from the root for its keys (spec/07-records-and-invites.md, Root keys): a rotation, and the place
 * where the one who asks will write it. Each agrees by a signature on a node of their own, whenever that is; so the device
 * that asks writes nothing else in the control log until it is decided.
 */
import { commitment, lastSeq, sameBytes, signRecord } from "@multichat/core";
import type { Crypto, Store, StoredRecord } from "@multichat/core/ports";
import {
  type AccountId,
  type ControlPayload,
  type DeviceId,
  type EventId,
  type RootApproval,
  compareBytes,
  decodeRootApprovals,
  decodeRootRequest,
  encodeRootApprovals,
  encodeRootRequest,
  fromHex,
  hlcTime,
  limits,
  nextHlc,
  toHex,
} from "@multichat/protocol";
import { newest, valueOf } from "./people.ts";
import { type RootKeys, type Successor, rootKeys, signaturesNeeded, statementOf, successorsOf } from "./root-keys.ts";
import type { Space } from "./spaces.ts";
import type { AccountKeyring } from "./trust-keys.ts";
import type { DeviceKeys } from "./vault.ts";

export interface RootAsked {
  /** Hash of what is to be signed, in hex. */
  id: string;
  by: AccountId;
  device: DeviceId;
  at: number;
  rotation: ControlPayload<"root.rotate">;
  heads: EventId[];
  statement: Uint8Array;
  /** By distinct keys, all good. */
  approvals: RootApproval[];
  approvedBy: AccountId[];
  /** How many it takes. */
  needed: number;
}

export interface RootRequests {
  /** Those that can still be granted, the first first. */
  list(space: Space): RootAsked[];
  /** This account's. */
  own(space: Space): RootAsked | null;
  /** This device keeps its place in the control log free for a rotation. */
  waits(space: Space): boolean;
  ask(space: Space): void;
  withdraw(space: Space): void;
  /** @param seed of one of the keys that may take over */
  approve(space: Space, asked: RootAsked, seed: Uint8Array): void;
}

export function createRootRequests(deps: {
  store: Store;
  crypto: Crypto;
  keys: Pick<AccountKeyring, "identityKey">;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  publish(record: StoredRecord, space: Space): void;
}): RootRequests {
  const { store, crypto, device, account } = deps;

  function sign(space: Space, type: string, key: Uint8Array, value: Uint8Array): void {
    const before = newest(store.records(space.id, type).filter((record) => record.account === account && compareBytes(record.key, key) === 0));
    const hlc = nextHlc(deps.now(), before === undefined ? [] : [before.hlc]);
    deps.publish(signRecord(crypto, device.signingSeed, { scope: space.id, account, device: device.id, type, key, hlc, value }), space);
  }

  /** What the newest request of each account asks for. */
  function requests(space: Space): StoredRecord[] {
    const byAccount = Map.groupBy(store.records(space.id, "root-request"), (record) => record.account);
    return [...byAccount.values()].flatMap((records) => newest(records) ?? []);
  }

  function commitmentTo(of: AccountId): Uint8Array | null {
    const key = deps.keys.identityKey(of);
    return key === null ? null : commitment(crypto, [fromHex(key)]);
  }

  function read(space: Space, record: StoredRecord, root: RootKeys, successors: readonly Successor[]): RootAsked | null {
    const request = valueOf(record, decodeRootRequest);
    const { account: by, device: asking } = record;
    const { log, feeds } = space.replica;
    if (request === null || request.generation !== root.generation + 1 || space.replica.state()!.devices.get(asking) !== by) return null;
    const expected = commitmentTo(by);
    if (expected === null || !sameBytes(expected, request.next) || request.heads.some((head) => !log.has(head))) return null;
    const feed = feeds.get(space.id, asking);
    if ((feed === null ? 0 : lastSeq(feed)) !== request.seq - 1) return null;
    const rotation = { generation: request.generation, keys: successors.map(({ key }) => key), k: root.k, next: request.next };
    const statement = statementOf(crypto, space, request.generation, "root.rotate", rotation, { ctl: request.heads, device: asking, seq: request.seq });
    const id = toHex(crypto.sha256(statement));
    const approvals = approvalsOf(space, id, statement, successors);
    return {
      id, by, device: asking, at: hlcTime(record.hlc), rotation, heads: request.heads, statement, approvals,
      approvedBy: successors.filter(({ key }) => approvals.some(([signer]) => sameBytes(signer, key))).map((one) => one.account),
      needed: signaturesNeeded(root.k, successors.length),
    };
  }

  function approvalsOf(space: Space, id: string, statement: Uint8Array, successors: readonly Successor[]): RootApproval[] {
    const given = store
      .records(space.id, "root-approval")
      .filter(({ key }) => toHex(key) === id)
      .flatMap((record) => valueOf(record, decodeRootApprovals) ?? []);
    return successors.flatMap(({ key }) => {
      const good = given.find(([by, signature]) => sameBytes(by, key) && crypto.verify(key, statement, signature));
      return good === undefined ? [] : [good];
    });
  }

  function list(space: Space): RootAsked[] {
    if (space.replica.state() === null) return [];
    const waiting = requests(space);
    if (waiting.length === 0) return [];
    const root = rootKeys(space);
    const successors = successorsOf(crypto, space, root);
    if (successors === null) return [];
    return waiting.flatMap((record) => read(space, record, root, successors) ?? []).sort((a, b) => a.at - b.at);
  }

  const own = (space: Space): RootAsked | null => list(space).find(({ by }) => by === account) ?? null;

  return {
    list,
    own,
    waits: (space) => own(space)?.device === device.id,
    ask(space) {
      const feed = space.replica.feeds.get(space.id, device.id);
      const seq = (feed === null ? 0 : lastSeq(feed)) + 1;
      const heads = space.replica.log.heads().slice(0, limits.heads).sort();
      sign(space, "root-request", new Uint8Array(0), encodeRootRequest({ generation: rootKeys(space).generation + 1, next: commitmentTo(account)!, heads, seq }));
    },
    withdraw: (space) => sign(space, "root-request", new Uint8Array(0), encodeRootRequest(null)),
    approve(space, asked, seed) {
      sign(space, "root-approval", fromHex(asked.id), encodeRootApprovals([[crypto.publicKey(seed), crypto.sign(seed, asked.statement)]]));
    },
  };
}
