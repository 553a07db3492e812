/**
 * The state of a control log (spec/04-control.md): a pure function of the set of its events. A resolver follows a growing log:
 * what one more event cannot change for others is added, else all is judged anew.
 */
import type { ControlPayload } from "@multichat/protocol";
import { checkCertificate } from "../accounts/certificate.ts";
import type { Event } from "../events/event.ts";
import type { Crypto } from "../ports/index.ts";
import { type Fact, type Facts, type Prove, createFacts } from "./facts.ts";
import { type Judge, createJudge } from "./judge.ts";
import { type Changes, addDifferences, addSettling, noChanges } from "./changes.ts";
import type { ControlLog } from "./log.ts";
import { allPermissions } from "./permissions.ts";
import { type Projection, project } from "./project.ts";
import { type Rules, rules as allRules } from "./rules/rules.ts";
import type { ControlState } from "./state.ts";

export interface Resolver {
  /** Null while there is no genesis that stands: such a log is no space. */
  state(): ControlState | null;
  /** Facts of an event that is not in the log, all of whose ancestors are. */
  factOf(event: Event): Fact | null;
  /** Why an event that is not in the log would be without effect, or null. */
  problemOf(event: Event): string | null;
  /** What may have changed for content that was judged before, since this was last asked. */
  changes(): Changes;
}

export interface ResolverOptions {
  rules?: Rules;
  /** Remembers what signatures came to. */
  prove?: Prove;
}

export function createResolver(crypto: Crypto, log: ControlLog, options: ResolverOptions = {}): Resolver {
  const rules = options.rules ?? allRules;
  const prove: Prove = options.prove ?? ((_, check) => check());
  let genesis: ControlPayload<"genesis"> | null | undefined;
  let facts: Facts | null = null;
  let judge: Judge | null = null;
  let projection: Projection | null = null;
  let known = 0;
  let changed = noChanges();

  function begin(): ControlPayload<"genesis"> | null {
    if (genesis === undefined && log.events().length > 0) {
      genesis = foundingOf(crypto, log, prove);
      if (genesis !== null) facts = createFacts({ crypto, log, rules, prove });
    }
    return genesis ?? null;
  }

  function follow(): void {
    const payload = begin();
    if (payload === null || facts === null) return;
    const all = facts.all();
    while (known < all.length) {
      const fact = all[known]!;
      // Several at once, as when a space is opened, are judged together.
      if (judge === null || all.length - known > incremental || takesFromOthers(facts, fact, all)) {
        const before = judge?.judged ?? null;
        judge = createJudge(crypto, facts, payload, rules);
        if (before !== null) addDifferences(changed, before, judge.judged);
        for (const one of all.slice(known)) addSettling(changed, facts, one);
        projection = project(judge.judged, judge.why as ControlState["void"]);
        known = all.length;
        return;
      }
      judge.add(fact);
      addSettling(changed, facts, fact);
      projection!.add(fact);
      known++;
    }
  }

  return {
    state() {
      if (known !== log.events().length) follow();
      return projection?.state ?? null;
    },
    factOf(event) {
      follow();
      return facts?.ofStranger(event) ?? null;
    },
    problemOf(event) {
      follow();
      return facts === null ? "for a space without a beginning" : judge!.ofStranger(facts.ofStranger(event));
    },
    changes() {
      follow();
      const found = changed;
      changed = noChanges();
      return found;
    },
  };
}

/** More new events than this at once are cheaper to judge all together. */
const incremental = 64;

/** The whole state of a log, judged at once. */
export function resolve(crypto: Crypto, log: ControlLog, options: ResolverOptions = {}): ControlState | null {
  return createResolver(crypto, log, options).state();
}

function foundingOf(crypto: Crypto, log: ControlLog, prove: Prove): ControlPayload<"genesis"> | null {
  const [event] = log.events();
  if (event?.control?.kind !== "genesis") return null;
  const { payload } = event.control;
  if (payload.rules !== 0 || event.header.device !== payload.device || payload.everyone > allPermissions) return null;
  const problem = prove(event.id, () => {
    const checked = checkCertificate(crypto, payload);
    if (!checked.ok) return checked.error;
    return checked.value.account === payload.account && checked.value.device === payload.device ? null : "another's certificate";
  });
  return problem === null ? payload : null;
}

/**
 * Whether an event could change what others, judged before it, come to. What has all others in its past takes nothing from
 * them, but for what reaches into its past; and most kinds take nothing from anybody.
 */
function takesFromOthers(facts: Facts, { control, problem, index }: Fact, all: readonly Fact[]): boolean {
  if (control === null || problem !== null) return false;
  if (control.kind === "adopt" || control.kind === "root.rotate") return true;
  if (control.kind === "cut") return (control.payload.channel as string) === facts.log.space;
  // Judged one by one while more are waiting: those count as held by then, since they come after it.
  if (all.length === index + 1 && facts.log.heads().length === 1) return false;
  switch (control.kind) {
    case "remove":
    case "ban":
    case "parent.applied":
    case "revoke":
    case "invite.revoke":
      return true;
    case "role.set":
      return control.payload.off !== 0;
    case "device.unbind":
    case "join":
    case "device.bind":
      return facts.devices.takesBack(control.payload.account, index);
    case "grant":
      return facts.aimedAt(control.payload.account);
    case "admit":
      return facts.aimedAt(facts.grants.get(all[index]!.id)?.account ?? ("" as never));
    default:
      return false;
  }
}
