/** The rules of what a person is told of, as they are kept with their own data (spec/14-notifications.md, Rules). */
import { type GeneralRules, type Rule, type Rules, type Scope, isTimeZone, keywordFinder, startingRules } from "@multichat/core";
import { z } from "zod";
import type { OwnData } from "../accounts/own-data.ts";

const level = z.enum(["all", "mentions", "nothing"]);
const time = z.number().min(0);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const days = z.array(z.int().min(1).max(7)).min(1).max(7);

/** What cannot be read counts as left out. */
const readable = <T extends z.ZodType>(form: T) => form.optional().catch(undefined);
const ruleForm = z.object({ level: readable(level), until: readable(time), everyone: readable(z.boolean()), anyway: readable(z.boolean()) });
const quiet = z.object({ zone: z.string().refine(isTimeZone).nullable(), times: z.array(z.object({ days, from: clock, to: clock })).max(14) });
const generalForm = z.object({
  workspaces: readable(level),
  conversations: readable(level),
  everyone: readable(z.boolean()),
  reactions: readable(z.boolean()),
  requests: readable(z.boolean()),
  reports: readable(z.boolean()),
  sound: readable(z.boolean()),
  pausedUntil: readable(time),
  quiet: readable(quiet),
  keywords: readable(z.array(z.string().min(1).max(64)).max(50)),
});

const prefix = "notify/";
const generalKey = "notify/general";
const scopes = ["person", "thread", "channel", "space"] as const satisfies Scope[];

export interface KeptRules extends Rules {
  /** Those there are. */
  all(): { scope: Scope; id: string; rule: Rule }[];
  /** @throws Failure */
  change(general: Partial<GeneralRules>): void;
  /** An empty rule is none. @throws Failure */
  set(scope: Scope, id: string, rule: Rule): void;
  /** Own data said something else. Answers whether it was about this. */
  learned(key: string): boolean;
}

function parsed<T>(form: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    const found = form.safeParse(JSON.parse(text));
    return found.success ? found.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Without what is left out. */
function present<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<T>;
}

export function createKeptRules(own: OwnData): KeptRules {
  let general: GeneralRules = read();
  let keywordIn = keywordFinder(general.keywords);
  const rules = new Map<string, Rule>();
  for (const { key } of own.entries(prefix)) learned(key);

  function read(): GeneralRules {
    return { ...startingRules, ...present(parsed(generalForm, own.get(generalKey)) ?? {}) } as GeneralRules;
  }

  function learned(key: string): boolean {
    if (!key.startsWith(prefix)) return false;
    if (key === generalKey) {
      general = read();
      keywordIn = keywordFinder(general.keywords);
      return true;
    }
    const rule = present(parsed(ruleForm, own.get(key)) ?? {}) as Rule;
    if (Object.keys(rule).length === 0) rules.delete(key.slice(prefix.length));
    else rules.set(key.slice(prefix.length), rule);
    return true;
  }

  return {
    get general() {
      return general;
    },
    keywordIn: (text) => keywordIn(text),
    rule: (scope, id) => rules.get(`${scope}/${id}`) ?? null,
    all: () =>
      [...rules].flatMap(([key, rule]) => {
        const scope = scopes.find((one) => key.startsWith(`${one}/`));
        return scope === undefined ? [] : [{ scope, id: key.slice(scope.length + 1), rule }];
      }),
    change(change) {
      const next = { ...general, ...change };
      const said = Object.entries(next).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(startingRules[name as keyof GeneralRules]));
      own.set(generalKey, said.length === 0 ? null : JSON.stringify(Object.fromEntries(said)));
    },
    set(scope, id, rule) {
      own.set(`${prefix}${scope}/${id}`, Object.keys(rule).length === 0 ? null : JSON.stringify(rule));
    },
    learned,
  };
}
