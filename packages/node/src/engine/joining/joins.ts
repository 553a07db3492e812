/**
 * Joining by invite link (spec/06-sync.md, Joining), on the joiner's side: finding a member, proving the invite, fetching
 * the control log, asking to be let in. Survives restarts; says at every moment what is happening or missing.
 */
import { type ControlState, boundAccount, inviteSeed, plainName, proveInvite, sameBytes, secretCommitment, vouchersOf } from "@multichat/core";
import type { Clock, Crypto, DialAttempt, Store } from "@multichat/core/ports";
import type { ErrorCode, InvitePreview, Join } from "@multichat/client/contract";
import type { PendingJoin } from "@multichat/net/sync";
import { type AdmissionCode, type ControlPayload, type DeviceId, type EventId, type InviteLink, type SpaceId, decodeInviteLink } from "@multichat/protocol";
import { type Author, draft } from "../conversation/author.ts";
import { Failure } from "../failure.ts";
import { needsApproval } from "./join-requests.ts";
import type { Space, Spaces } from "./spaces.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

/** Attempts shown to a person. */
const maxAttempts = 12;
/** A member that knows the invite answers within a round trip; after this long it does not. */
const answerMs = 5_000;

/** By binding this device, by an invite that whoever was offered the space holds, not yet, or not at all. */
export type Entrance = "bind" | { invite: EventId; seed: Uint8Array } | "wait" | "drop";

interface Entry {
  join: Join;
  pending: PendingJoin;
  /** Linked devices that may let us in. */
  answering: Set<DeviceId>;
}

export interface Joins {
  preview(text: string): InvitePreview;
  start(text: string): Join;
  list(): Join[];
  cancel(id: string): void;
  /** Invites still to be proved to some member. */
  pending(): Iterable<PendingJoin>;
  /** Whom to dial for them. */
  targets(): Map<DeviceId, string[]>;
  /** Whether a link under way names this device. */
  names(device: DeviceId): boolean;
  linked(device: DeviceId): void;
  unlinked(device: DeviceId, reason: string): void;
  dialFailed(device: DeviceId, attempts: DialAttempt[]): void;
  /** Dialled because it was seen on the local network: it may be a member. */
  discovered(device: DeviceId, addresses: string[]): void;
  admission(join: PendingJoin, answer: { code: AdmissionCode; secret: Uint8Array | null; events: number }): void;
  /** The control log of a space being joined grew. */
  advance(space: Space): void;
  progress(space: Space, missing: () => number): void;
  caughtUp(space: SpaceId): void;
  /** This account is no member any more: what was still being fetched of the space must not lead back in. */
  left(space: SpaceId): void;
}

const finalCodes: Partial<Record<AdmissionCode, (inviter: string) => string>> = {
  "invite-expired": (inviter) => `This invite has expired. Ask ${inviter} for a new one.`,
  "invite-used-up": (inviter) => `This invite has been used as often as it may be. Ask ${inviter} for a new one.`,
  "invite-revoked": (inviter) => `This invite was withdrawn. Ask ${inviter} for a new one.`,
  denied: (inviter) => `Somebody who decides there did not let you in. Ask ${inviter} why.`,
};

const awaitingApproval = "You have asked to join. Somebody who may let people in must approve; this goes on by itself.";
const unknownInvite = "A member answered, but does not know this invite (yet). Still trying.";
const fetching = { step: "fetching", code: null, detail: "You are in. Fetching messages." } as const;

export function createJoins(deps: {
  store: Store;
  crypto: Crypto;
  clock: Clock;
  device: DeviceKeys;
  account: AccountKeys;
  spaces: Spaces;
  author: Author;
  /** An own join event was written or must be shown to one more member. */
  publish(space: Space, events: ReturnType<Author["write"]>["events"]): void;
  changed(join: Join): void;
  /** Whoever vouched for this device. */
  vouchedBy(): DeviceId;
  /** How to enter a space where this account belongs, with this device or without any yet (spec/11-private-spaces.md). */
  entrance(space: Space, state: ControlState): Entrance;
  /** This device belongs to the space now. */
  entered(space: Space): void;
  /** What is wrong with this computer's clock, if anything: it can keep us out. */
  clockProblem(): string | null;
  /** Targets or pending joins changed. */
  refresh(): void;
}): Joins {
  const { store, crypto, clock, device, account, spaces, author } = deps;
  const entries = new Map<string, Entry>();
  const nearby = new Map<DeviceId, string[]>();
  for (const { value } of store.settings("join/")) {
    const entry = open(decode(value), value);
    // The node ended between being let in and having everything.
    if (isMember(entry.pending.link)) Object.assign(entry.join, fetching);
  }

  function decode(text: string): InviteLink {
    const link = decodeInviteLink(text, (bytes) => crypto.sha256(bytes));
    if (!link.ok) throw new Failure("invite-garbled", `This is not a whole invite link (${link.error.replace("invite link: ", "")}). Copy it again, from the first to the last character.`);
    return link.value;
  }

  function open(link: InviteLink, text: string): Entry {
    const seed = inviteSeed(crypto, link.secret);
    const { certificate, acceptance } = account;
    const entry: Entry = {
      join: {
        id: link.invite,
        space: { id: link.space, name: plainName(link.spaceName) },
        inviter: plainName(link.inviterName),
        step: "finding",
        detail: `Looking for ${plainName(link.inviterName)} or another member.`,
        code: null,
        attempts: [],
        confirmedBy: 0,
        fetched: 0,
        total: 0,
      },
      pending: { link, seed, key: crypto.publicKey(seed), account: account.id, certificate, acceptance },
      answering: new Set(),
    };
    entries.set(link.invite, entry);
    store.transaction(() => store.putSetting(`join/${link.invite}`, text));
    return entry;
  }

  function change(entry: Entry, next: Partial<Join>): void {
    entry.join = { ...entry.join, ...next };
    deps.changed(entry.join);
  }

  function end(entry: Entry, next: Partial<Join>): void {
    store.transaction(() => store.putSetting(`join/${entry.join.id}`, null));
    change(entry, next);
    deps.refresh();
  }

  function fail(entry: Entry, code: ErrorCode, detail: string): void {
    const space = spaces.get(entry.pending.link.space);
    const another = [...entries.values()].some((other) => other !== entry && isOpen(other) && other.pending.link.space === entry.pending.link.space);
    if (space?.row.state === "joining" && !another) {
      // What this device wrote there stays: written anew, it would contradict itself.
      if (space.replica.feeds.get(space.id, device.id) === null) spaces.drop(space);
      else spaces.left(space);
    }
    end(entry, { step: "failed", code, detail });
  }

  function isOpen({ join }: Entry): boolean {
    return join.step === "finding" || join.step === "checking";
  }

  function entriesOf(space: SpaceId): Entry[] {
    return [...entries.values()].filter(({ pending, join }) => pending.link.space === space && join.step !== "failed" && join.step !== "done");
  }

  function isMember(link: InviteLink): boolean {
    return spaces.get(link.space)?.row.state === "member";
  }

  function named(entry: Entry, found: DeviceId): boolean {
    return entry.pending.link.peers.some((peer) => peer.device === found);
  }

  function tried(entry: Entry, attempts: readonly DialAttempt[]): void {
    const at = clock.now();
    const all = [...entry.join.attempts, ...attempts.map((attempt) => ({ ...attempt, at }))].slice(-maxAttempts);
    // While one member is being asked, that another cannot be reached is no news.
    if (entry.answering.size > 0) change(entry, { attempts: all });
    else change(entry, { step: "finding", attempts: all, code: "no-member-reachable", detail: unreachable(entry, all) });
  }

  /** The log of a space that this node cannot make sense of. */
  function unreadable(space: Space): string | null {
    const [genesis] = space.replica.log.events();
    if (genesis === undefined || space.replica.state() !== null) return null;
    return "This workspace follows rules that this Multichat does not know yet. Update Multichat, then paste the link again.";
  }

  function unreachable(entry: Entry, attempts: Join["attempts"]): string {
    const outcomes = [...new Set(attempts.map(({ outcome }) => outcome))];
    const { inviter } = entry.join;
    const what = attempts.length === 0 ? "The link holds no address" : `Tried ${count(new Set(attempts.map(({ address }) => address)).size, "address", "addresses")}: ${outcomes.join("; ")}`;
    return `Nobody could be reached yet. ${what}. ${inviter} or another member must be online with Multichat open, on a network that this computer can reach. Still trying.`;
  }

  /** A new device of an account that belongs here already: it binds itself, and needs nobody's leave. */
  function comeBack(space: Space, state: ControlState): void {
    const entrance = deps.entrance(space, state);
    if (entrance === "wait") return;
    if (entrance === "drop") return spaces.drop(space);
    if (entrance !== "bind") ask(space, { link: { invite: entrance.invite, heads: [] }, seed: entrance.seed });
    else if (state.members.has(account.id)) bind(space);
    // Of an account that belongs, nobody needs to admit a device.
    if (space.replica.state()?.devices.has(device.id)) deps.entered(space);
  }

  function bind(space: Space): void {
    const { certificate, acceptance } = account;
    const payload = { account: account.id, device: device.id, by: deps.vouchedBy(), certificate, acceptance };
    const line = [...vouchers(space), payload];
    const { log, state } = space.replica;
    // Certified by a key that was replaced: another own device will let this one in.
    if (state()!.judged.facts.devices.bindProblem(log.pastOf(log.heads()), device.id, line[0]!) !== null) return;
    const { events } = author.write(space, space.id, line.map((one) => draft("device.bind", one)));
    deps.publish(space, events);
  }

  /** Asks to be let in, again if this was asked before. */
  function ask(space: Space, { link, seed }: { link: Pick<InviteLink, "invite" | "heads">; seed: Uint8Array }): void {
    const { log } = space.replica;
    if (!link.heads.every((id) => log.has(id)) || !log.has(link.invite)) return;
    const admitted = new Set(log.events().map(({ control }) => (control?.kind === "admit" ? control.payload.join : null)));
    const waiting = log.events().filter(({ id, header, control }) => {
      const ours = header.device === device.id && control?.kind === "join" && control.payload.invite === link.invite;
      return ours && !admitted.has(id);
    });
    if (waiting.length > 0) return deps.publish(space, waiting);
    const claim = { space: space.id, invite: link.invite, account: account.id, device: device.id };
    const { certificate, acceptance } = account;
    const proof = proveInvite(crypto, seed, claim);
    const { events } = author.write(space, space.id, [...vouchers(space).map((one) => draft("device.bind", one)), draft("join", { ...claim, certificate, acceptance, proof })]);
    deps.publish(space, events);
  }

  /** Bindings of the devices that vouched for this one, where the space does not know them. */
  function vouchers({ replica: { log, state } }: Space): ControlPayload<"device.bind">[] {
    const known = state()!;
    const line = vouchersOf(crypto, account, account.log);
    // Whoever vouched for one that is bound may have been unbound since.
    const bound = line.findLastIndex((one) => boundAccount(log, known, log.heads(), one.device) === account.id);
    return line
      .slice(bound + 1)
      .map(({ device: vouching, certificate, acceptance }) => ({ account: account.id, device: vouching, by: vouching, certificate, acceptance }));
  }

  function advance(space: Space): void {
    const open = entriesOf(space.id);
    const state = space.replica.state();
    if (state === null) {
      const why = unreadable(space);
      if (why !== null) for (const entry of open) fail(entry, "version-mismatch", why);
      return;
    }
    if (!sameBytes(state.genesis.secret, secretCommitment(crypto, space.secret))) return spaces.drop(space);
    if (state.devices.has(device.id) && state.members.has(account.id)) {
      deps.entered(space);
      for (const entry of open) change(entry, fetching);
    } else if (open.length === 0) comeBack(space, state);
    else {
      for (const { pending } of open) ask(space, pending);
      if (needsApproval(state)) for (const entry of open) change(entry, { step: "checking", code: "approval-needed", detail: awaitingApproval });
    }
  }

  return {
    preview(text) {
      const link = decode(text);
      return {
        space: { id: link.space, name: plainName(link.spaceName) },
        inviter: plainName(link.inviterName),
        addresses: link.peers.reduce((sum, peer) => sum + peer.addresses.length, 0),
        member: isMember(link),
      };
    },
    start(text) {
      const link = decode(text);
      if (isMember(link)) throw new Failure("already-member", `You already belong to ${plainName(link.spaceName)}.`);
      const running = entries.get(link.invite);
      // One that led in before is over: whoever comes by it again has left since.
      if (running !== undefined && isOpen(running)) return running.join;
      const entry = open(link, text);
      deps.refresh();
      return entry.join;
    },
    list: () => [...entries.values()].map(({ join }) => join),
    cancel(id) {
      const entry = entries.get(id);
      if (entry === undefined) throw new Failure("not-found", "There is no such join under way.");
      if (isOpen(entry)) {
        fail(entry, "no-member-reachable", "Stopped. Paste the link again to go on.");
      }
      entries.delete(id);
    },
    *pending() {
      for (const entry of entries.values()) if (isOpen(entry)) yield entry.pending;
    },
    targets() {
      const targets = new Map<DeviceId, string[]>();
      for (const entry of entries.values()) {
        if (!isOpen(entry)) continue;
        for (const peer of entry.pending.link.peers) {
          if (peer.device !== device.id) targets.set(peer.device, [...(targets.get(peer.device) ?? []), ...peer.addresses]);
        }
        for (const [found, addresses] of nearby) {
          targets.set(found, [...new Set([...(targets.get(found) ?? []), ...addresses])]);
        }
      }
      return targets;
    },
    names: (found) => [...entries.values()].some((entry) => isOpen(entry) && named(entry, found)),
    linked(found) {
      for (const entry of entries.values()) {
        if (!isOpen(entry) || !named(entry, found)) continue;
        entry.answering.add(found);
        if (entry.join.step === "finding") change(entry, { step: "checking", code: null, detail: "A member answered. Checking the invite." });
        clock.after(answerMs, () => {
          if (entry.join.step !== "checking" || !entry.answering.has(found)) return;
          const clockProblem = deps.clockProblem();
          if (entry.join.confirmedBy === 0) change(entry, { code: "invite-unknown", detail: unknownInvite });
          else if (clockProblem !== null) change(entry, { detail: `${clockProblem} Until both agree, you cannot be let in.` });
        });
      }
    },
    unlinked(found, reason) {
      for (const entry of entries.values()) {
        if (!entry.answering.delete(found) || !isOpen(entry)) continue;
        const known = entry.pending.link.peers.find((peer) => peer.device === found);
        tried(entry, [{ address: known?.addresses[0] ?? "", outcome: reason }]);
      }
    },
    dialFailed(found, attempts) {
      for (const entry of entries.values()) if (isOpen(entry) && named(entry, found)) tried(entry, attempts);
    },
    discovered(found, addresses) {
      if (found === device.id) return;
      nearby.set(found, addresses);
      if ([...entries.values()].some(isOpen)) deps.refresh();
    },
    admission(pending, { code, secret, events }) {
      const entry = entries.get(pending.link.invite);
      if (entry === undefined || !isOpen(entry)) return;
      const final = finalCodes[code];
      if (final !== undefined) return fail(entry, code === "denied" ? "not-allowed" : (code as ErrorCode), final(entry.join.inviter));
      if (code !== "ok" || secret === null) {
        // Not every member may let in by this invite: what another one said of it counts.
        if (entry.join.confirmedBy > 0) return;
        return change(entry, { step: "checking", code: "invite-unknown", detail: unknownInvite });
      }
      change(entry, { step: "checking", code: null, confirmedBy: 1, total: events, detail: "The invite is good. Fetching who belongs here." });
      let held = spaces.get(pending.link.space);
      if (held?.row.state === "joining" && held.replica.state() === null && !sameBytes(held.secret, secret)) {
        // The one before proved wrong, or is not proved yet: whoever leads to the genesis is right.
        spaces.drop(held);
        held = null;
      }
      if (held === null) spaces.add({ id: pending.link.space, secret, state: "joining", joinedAt: clock.now() }, true);
      else {
        if (held.row.state === "left") {
          spaces.update(held, { state: "joining" });
          Object.assign(held, { entering: true, leaving: false });
        }
        // Asked before, of another member perhaps: the same request is shown again.
        advance(held);
      }
    },
    advance,
    progress(space, missing) {
      const entered = entriesOf(space.id).filter(({ join }) => join.step === "fetching");
      if (entered.length === 0) return;
      let fetched = 0;
      for (const feed of space.replica.feeds.all()) for (const [from, to] of feed.ranges) fetched += to - from + 1;
      const lacking = missing();
      const total = fetched + lacking;
      const of = lacking > 0 ? ` of about ${total}` : "";
      for (const entry of entered) change(entry, { fetched, total, detail: `Fetching messages: ${fetched}${of}.` });
    },
    caughtUp(space) {
      for (const entry of entriesOf(space)) {
        if (entry.join.step === "fetching") end(entry, { step: "done", code: null, detail: "Everything is here." });
      }
    },
    left(space) {
      for (const entry of entriesOf(space)) end(entry, { step: "done", code: null, detail: "You are no member any more." });
    },
  };
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
