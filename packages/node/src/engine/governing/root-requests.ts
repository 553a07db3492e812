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
  type RootRequest,
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
import { newest, valueOf } from "../trust/people.ts";
import { type Successor, rootKeys, signaturesNeeded, statementOf, successorsOf } from "./root-keys.ts";
import type { Space } from "../joining/spaces.ts";
import type { AccountKeyring } from "../trust/keys.ts";
import type { DeviceKeys } from "../vault.ts";

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

type Root = ReturnType<typeof rootKeys>;

/** Whether a signature is good, which is found out once. */
type Remember = (signature: string, verify: () => boolean) => boolean;

/** Of one key for one request; who has it signs once, and others can only say that it did. */
const signaturesTried = 16;

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

  /** What was found of signatures for requests that are open, so that each is verified once. */
  const verified = new WeakMap<Space, Map<string, boolean>>();

  function sign(space: Space, type: string, key: Uint8Array, value: Uint8Array): void {
    const before = newest(counting(space, type).filter((record) => record.account === account && compareBytes(record.key, key) === 0));
    const hlc = nextHlc(deps.now(), before === undefined ? [] : [before.hlc]);
    deps.publish(signRecord(crypto, device.signingSeed, { scope: space.id, account, device: device.id, type, key, hlc, value }), space);
  }

  /** Records of those who belong here now, with the devices they have now. */
  function counting(space: Space, type: string): StoredRecord[] {
    const { devices } = space.replica.state()!;
    return store.records(space.id, type).filter((record) => devices.get(record.device) === record.account && !space.withheld.has(record.account));
  }

  /** What the newest request of each account asks for. */
  function requests(space: Space): StoredRecord[] {
    const byAccount = Map.groupBy(counting(space, "root-request"), (record) => record.account);
    return [...byAccount.values()].flatMap((records) => newest(records) ?? []);
  }

  function commitmentTo(of: AccountId): Uint8Array | null {
    const key = deps.keys.identityKey(of);
    return key === null ? null : commitment(crypto, [fromHex(key)]);
  }

  /** What a rotation by this device has to have seen in order to stand. */
  function required(space: Space, by: DeviceId, { since }: Root): { seq: number; seen: EventId[] } {
    const feed = space.replica.feeds.get(space.id, by);
    return { seq: (feed === null ? 0 : lastSeq(feed)) + 1, seen: [since, ...(feed === null ? [] : [feed.tip])] };
  }

  /** What a record asks for, if it can still be granted. */
  function standing(space: Space, record: StoredRecord, root: Root): RootRequest | null {
    const request = valueOf(record, decodeRootRequest);
    if (request === null || request.generation !== root.generation + 1) return null;
    const expected = commitmentTo(record.account);
    if (expected === null || !sameBytes(expected, request.next)) return null;
    const { log } = space.replica;
    const { seq, seen } = required(space, record.device, root);
    const stands = seq === request.seq && request.heads.every((head) => log.has(head)) && seen.every((id) => log.inPast(request.heads, id));
    return stands ? request : null;
  }

  function asked(space: Space, record: StoredRecord, request: RootRequest, k: number, successors: readonly Successor[], given: readonly StoredRecord[], remember: Remember): RootAsked {
    const { generation, next, heads, seq } = request;
    const rotation = { generation, keys: successors.map(({ key }) => key), k, next };
    const statement = statementOf(crypto, space, generation, "root.rotate", rotation, { ctl: heads, device: record.device, seq });
    const id = toHex(crypto.sha256(statement));
    const approvals = approvalsOf(given.filter(({ key }) => toHex(key) === id), statement, successors, (signature, verify) => remember(`${id}/${signature}`, verify));
    return {
      id, by: record.account, device: record.device, at: hlcTime(record.hlc), rotation, heads, statement, approvals,
      approvedBy: successors.filter(({ key }) => approvals.some(([signer]) => sameBytes(signer, key))).map((one) => one.account),
      needed: signaturesNeeded(k, successors.length),
    };
  }

  /** One good signature of each key: the holder's own word before what others say it is. */
  function approvalsOf(given: readonly StoredRecord[], statement: Uint8Array, successors: readonly Successor[], remember: Remember): RootApproval[] {
    const rows = given.flatMap((record) => (valueOf(record, decodeRootApprovals) ?? []).map((row) => ({ by: record.account, row })));
    return successors.flatMap(({ key, account: of }) => {
      const said = rows.filter(({ row: [by] }) => sameBytes(by, key));
      const own = said.filter(({ by }) => by === of);
      const tried = [...own, ...said.filter(({ by }) => by !== of)].slice(0, signaturesTried);
      const good = tried.find(({ row: [, signature] }) => remember(toHex(key) + toHex(signature), () => crypto.verify(key, statement, signature)));
      return good === undefined ? [] : [good.row];
    });
  }

  /** Keeps what is asked for while `work` runs, and forgets the rest. */
  function remembering<T>(space: Space, work: (remember: Remember) => T): T {
    const [before, now] = [verified.get(space), new Map<string, boolean>()];
    const done = work((what, verify) => {
      const good = before?.get(what) ?? verify();
      now.set(what, good);
      return good;
    });
    verified.set(space, now);
    return done;
  }

  function list(space: Space): RootAsked[] {
    if (space.replica.state() === null) return [];
    const records = requests(space);
    if (records.length === 0) return [];
    const root = rootKeys(space);
    const successors = successorsOf(crypto, space, root);
    if (successors === null) return [];
    const given = counting(space, "root-approval");
    const open = remembering(space, (remember) =>
      records.flatMap((record) => {
        const request = standing(space, record, root);
        return request === null ? [] : [asked(space, record, request, root.k, successors, given, remember)];
      }),
    );
    return open.sort((a, b) => a.at - b.at);
  }

  const own = (space: Space): RootAsked | null => list(space).find(({ by }) => by === account) ?? null;

  /** Heads that cover what the rotation has to have seen, then others, as many as a request may name. */
  function headsFor(space: Space, seen: readonly EventId[]): EventId[] {
    const { log } = space.replica;
    const all = log.heads();
    const covering = seen.flatMap((id) => all.find((head) => log.inPast([head], id)) ?? []);
    return [...new Set([...covering, ...all])].slice(0, limits.heads).sort();
  }

  return {
    list,
    own,
    waits(space) {
      if (space.replica.state() === null) return false;
      const [mine] = requests(space).filter((record) => record.account === account);
      return mine?.device === device.id && standing(space, mine, rootKeys(space)) !== null;
    },
    ask(space) {
      const root = rootKeys(space);
      const { seq, seen } = required(space, device.id, root);
      const request = { generation: root.generation + 1, next: commitmentTo(account)!, heads: headsFor(space, seen), seq };
      sign(space, "root-request", new Uint8Array(0), encodeRootRequest(request));
    },
    withdraw: (space) => sign(space, "root-request", new Uint8Array(0), encodeRootRequest(null)),
    approve(space, asked, seed) {
      sign(space, "root-approval", fromHex(asked.id), encodeRootApprovals([[crypto.publicKey(seed), crypto.sign(seed, asked.statement)]]));
    },
  };
}
