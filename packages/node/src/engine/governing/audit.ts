/** The audit log (spec/local-api.md): who did what to whom and when, read from the control log and from what was deleted. */
import type { ControlEvent } from "@multichat/core";
import type * as api from "@multichat/client/contract";
import { type AccountId, type EventId, hlcTime } from "@multichat/protocol";
import { deedOf } from "./audit-deed.ts";
import { deedText } from "./audit-text.ts";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import { formatPosition, parsePosition } from "../conversation/present.ts";
import type { Space } from "../joining/spaces.ts";
import { repeatedAdmits } from "./repeated-admits.ts";
import { voidReason } from "./void-reason.ts";

const pageSize = 50;

export interface Audit {
  /** Null for events that are nobody's deed: merges, cuts, proofs. */
  entry(space: Space, event: ControlEvent): api.AuditEntry | null;
  /** Newest first. */
  entries(space: Space): api.AuditEntry[];
}

export function createAudit(deps: {
  /** Who somebody is, also if they only asked to join. */
  person(space: Space, account: AccountId): api.Person;
  /** Messages that others than their authors took away. */
  deletes(space: Space): { id: EventId; hlc: bigint; by: AccountId; of: AccountId; channel: string; stands: boolean }[];
}): Audit {
  type Naming = (account: AccountId) => api.Person;

  /** Each is looked up once: of who only asked to join, that takes a while. */
  function naming(space: Space): Naming {
    const found = new Map<AccountId, api.Person>();
    return (account) => {
      const person = found.get(account) ?? deps.person(space, account);
      found.set(account, person);
      return person;
    };
  }

  function entry(space: Space, event: ControlEvent, person: Naming): api.AuditEntry | null {
    const state = space.replica.state()!;
    const found = deedOf(state, event);
    if (found === null) return null;
    const fact = state.judged.facts.get(event.id);
    const by = asksItself(event) ?? (fact === null || fact.auth === "root" ? null : (fact.auth?.account ?? fact.account));
    const of = found.of === null ? null : person(found.of);
    const why = state.void.get(event.id) ?? null;
    const { hlc } = event.header;
    return {
      id: event.id, kind: found.kind, by: by === null ? null : person(by), of, at: hlcTime(hlc),
      deed: found.what, text: deedText(found.what, of?.name ?? null), channel: found.channel, role: found.role,
      voidReason: why === null ? null : voidReason(why), void: why, position: formatPosition({ time: hlc, id: event.id }),
    };
  }

  return {
    entry: (space, event) => entry(space, event, naming(space)),
    entries(space) {
      const person = naming(space);
      const written = space.replica.log.events().map((event) => entry(space, event, person)).filter((found) => found !== null);
      const deleted = deps.deletes(space).map(({ id, hlc, by, of: author, channel, stands }): api.AuditEntry => {
        const of = person(author);
        const deed = { did: "delete-message" } as const;
        return {
          id, kind: "delete", by: person(by), of, at: hlcTime(hlc), deed, text: deedText(deed, of.name), channel, role: null,
          voidReason: stands ? null : "not-permitted", void: stands ? null : "without the right to", position: formatPosition({ time: hlc, id }),
        };
      });
      const repeated = repeatedAdmits(space);
      return [...written, ...deleted].filter(({ id }) => !repeated.has(id as EventId)).sort((a, b) => (a.position < b.position ? 1 : -1));
    },
  };
}

export function createAuditCommands(scope: Scope, audit: Audit) {
  return {
    "audit.list": ({ space: id, kind, by, of, before, limit = pageSize }) => {
      const space = scope.space(id);
      scope.require(space, "view-audit-log");
      if (before !== undefined && parsePosition(before) === null) throw new Failure("bad-request", "That is not a position in the audit log.");
      const entries = audit.entries(space).filter(
        (entry) =>
          (kind === undefined || entry.kind === kind) &&
          (by === undefined || entry.by?.id === by) &&
          (of === undefined || entry.of?.id === of) &&
          (before === undefined || entry.position < before),
      );
      return { entries: entries.slice(0, limit), hasOlder: entries.length > limit };
    },
  } satisfies Handlers;
}

/** Who came, where nothing in the log binds the device that says so yet. */
function asksItself({ control }: ControlEvent): AccountId | null {
  return control?.kind === "join" || control?.kind === "device.bind" ? control.payload.account : null;
}
