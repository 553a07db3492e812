/**
 * Rank 0 (spec/04-control.md, The root): statements signed by k of the root keys, and their rotation to keys that the
 * generation before had committed to, so that a stolen old key cannot rotate.
 */
import { type AnyControl, type ControlPayload, type EventId, compareBytes, concat, encode, encodeControlPayload, idToBytes, labels } from "@multichat/protocol";
import { sameBytes } from "../../events/event.ts";
import type { Crypto } from "../../ports/index.ts";
import type { Fact } from "../facts.ts";
import type { ControlLog } from "../log.ts";
import type { Rules } from "./rules.ts";

interface Generation {
  keys: readonly Uint8Array[];
  k: number;
  next: Uint8Array;
  /** The rotation that brought it, null for the genesis. */
  fact: Fact | null;
}

export interface RootFacts {
  /** Whether a statement is well formed and signed by enough keys of some generation in its past. */
  problem(fact: Fact): string | null;
  learn(fact: Fact): void;
  /** Why a well-signed statement is without effect all the same: its generation is over, or never came. */
  outdated(fact: Fact): string | null;
}

export function createRootFacts(crypto: Crypto, log: ControlLog, genesis: ControlPayload<"genesis">, rules: Rules): RootFacts {
  const [keys, k, next] = genesis.root;
  const rotations: Fact[] = [];
  let chain: Generation[] | null = null;

  /** Of several rotations to the same keys the first by (hlc, id) counts: whoever can make two holds those keys. */
  function generations(): Generation[] {
    if (chain !== null) return chain;
    chain = [{ keys, k, next, fact: null }];
    for (;;) {
      const last = chain.at(-1)!;
      const [first] = rotations.filter((fact) => extend(last, fact, chain!.length)).sort(byStamp);
      if (first === undefined) return chain;
      const { payload } = first.control as AnyControl & { kind: "root.rotate" };
      chain.push({ ...payload, fact: first });
    }
  }

  function extend(last: Generation, { control, past }: Fact, number: number): boolean {
    if (control?.kind !== "root.rotate" || control.payload.generation !== number) return false;
    return (last.fact === null || past.has(last.fact.index)) && sameBytes(commitment(crypto, control.payload.keys), last.next);
  }

  /** Distinct keys of the set whose signature verifies. */
  function signers({ control, header }: Fact, set: readonly Uint8Array[]): number {
    const statement = control!.root!;
    const message = rootMessage(crypto, log.space as EventId, statement.generation, control!, header);
    return set.filter((key) => statement.signatures.some(([by, signature]) => sameBytes(by, key) && crypto.verify(key, message, signature))).length;
  }

  function enough(fact: Fact, set: readonly Uint8Array[], needed: number): boolean {
    return rules.quorum({ signed: signers(fact, set), needed: Math.min(needed, set.length) });
  }

  return {
    problem(fact) {
      const { control } = fact;
      if (control?.root == null) return "at rank 0 without a statement of the root";
      const held = generations();
      const { generation } = control.root;
      if (control.kind === "root.rotate") {
        const before = held[control.payload.generation - 1];
        if (control.payload.generation !== generation || before === undefined || !extend(before, fact, generation)) return "a rotation to keys nobody had committed to";
        return enough(fact, control.payload.keys, Math.max(before.k, control.payload.k, 1)) ? null : "not signed by enough root keys";
      }
      const own = held[generation];
      if (own === undefined || (own.fact !== null && !fact.past.has(own.fact.index))) return "of an unknown generation of root keys";
      return enough(fact, own.keys, Math.max(own.k, 1)) ? null : "not signed by enough root keys";
    },
    learn(fact) {
      if (fact.control?.kind !== "root.rotate") return;
      rotations.push(fact);
      chain = null;
    },
    outdated(fact) {
      const held = generations();
      const generation = fact.control!.root!.generation;
      if (fact.control!.kind === "root.rotate") return held[generation]?.fact === fact ? null : "another rotation came first";
      const own = held[generation];
      if (own === undefined || (own.fact !== null && !fact.past.has(own.fact.index))) return "of an unknown generation of root keys";
      const after = held[generation + 1]?.fact;
      return after != null && rules.generationOver({ sawEvent: after.past.has(fact.index) }) ? "of root keys that have been replaced" : null;
    },
  };
}

function byStamp(a: Fact, b: Fact): number {
  if (a.header.hlc !== b.header.hlc) return a.header.hlc < b.header.hlc ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** What a generation commits to: the keys that may replace it. Of one key it is that of an account's next identity key. */
export function commitment(crypto: Crypto, keys: readonly Uint8Array[]): Uint8Array {
  return crypto.sha256(labels.nextKey, concat(...[...keys].sort(compareBytes)));
}

/** What root keys sign. @param control its payload without the statement */
export function rootMessage(
  crypto: Crypto,
  space: EventId,
  generation: number,
  control: Pick<AnyControl, "kind" | "payload">,
  at: { ctl: readonly EventId[]; device: string; seq: number },
): Uint8Array {
  const payload = encodeControlPayload(control.kind, control.payload as never);
  const hash = crypto.sha256(labels.payload, payload);
  return concat(labels.rootStatement, encode([idToBytes(space), generation, control.kind, hash, at.ctl.map(idToBytes), idToBytes(at.device as EventId), at.seq]));
}
