/** What this person has decided about their presence: own data, on all their devices (spec/13-presence.md, One person). */
import { type Choices, type Chosen, chosenStates, exceptions, spaceVisibilities, visibilities } from "@multichat/core";
import type { Exception, SpaceVisibility, Visibility } from "@multichat/core";
import { type AccountId, type SpaceId, type StatusValue, decodeStatus, encodeStatus, parseAccountId, parseSpaceId } from "@multichat/protocol";
import { z } from "zod";
import type { OwnData } from "../accounts/own-data.ts";

const switches = { lastSeen: "presence/last-seen", typing: "presence/typing", receipts: "presence/receipts" } as const;
export type PresenceSwitch = keyof typeof switches;
/** What holds without a word. */
const byDefault: Readonly<Record<PresenceSwitch, boolean>> = { lastSeen: true, typing: true, receipts: false };

const chosenForm = z.object({ state: z.enum(chosenStates), until: z.number() });
const statusForm = z.object({ emoji: z.string().nullable(), text: z.string().nullable(), away: z.string().nullable(), until: z.number() });

export interface PresenceChoices extends Choices {
  chosen: Chosen | null;
  isOn(which: PresenceSwitch): boolean;
  /** The status that is to be shown, or null. */
  status: StatusValue | null;
}

export interface ChoicesKeeper {
  get(): PresenceChoices;
  choose(chosen: Chosen | null): void;
  setGeneral(visibility: Visibility): void;
  setIn(space: SpaceId, visibility: SpaceVisibility | null): void;
  setFor(account: AccountId, exception: Exception | null): void;
  turn(which: PresenceSwitch, on: boolean): void;
  setStatus(status: StatusValue | null): void;
}

/** @param changed on whichever own device */
export function createPresenceChoices(deps: { own: OwnData; changed(): void }): ChoicesKeeper {
  const { own } = deps;
  let known: PresenceChoices | null = null;
  own.onChange((key) => {
    if (!key.startsWith("presence")) return;
    known = null;
    deps.changed();
  });

  function read(): PresenceChoices {
    return {
      general: oneOf(visibilities, own.get("presence/visibility")) ?? "everyone",
      spaces: all("presence-in/", parseSpaceId, spaceVisibilities),
      accounts: all("presence-to/", parseAccountId, exceptions),
      chosen: parsed(chosenForm, own.get("presence/chosen")),
      isOn(which) {
        const said = own.get(switches[which]);
        return said === null ? byDefault[which] : said === "on";
      },
      status: statusOf(own.get("presence/status")),
    };
  }

  function all<Id, T extends string>(prefix: string, parse: (text: string) => Id | null, allowed: readonly T[]): Map<Id, T> {
    return new Map(
      own.entries(prefix).flatMap(({ key, value }): [Id, T][] => {
        const [id, found] = [parse(key.slice(prefix.length)), oneOf(allowed, value)];
        return id === null || found === null ? [] : [[id, found]];
      }),
    );
  }

  return {
    get: () => (known ??= read()),
    choose: (chosen) => void own.set("presence/chosen", chosen === null ? null : JSON.stringify({ state: chosen.state, until: chosen.until })),
    setGeneral: (visibility) => void own.set("presence/visibility", visibility === "everyone" ? null : visibility),
    setIn: (space, visibility) => void own.set(`presence-in/${space}`, visibility),
    setFor: (account, exception) => void own.set(`presence-to/${account}`, exception),
    turn: (which, on) => void own.set(switches[which], on === byDefault[which] ? null : on ? "on" : "off"),
    setStatus: (status) => void own.set("presence/status", status === null ? null : JSON.stringify(status)),
  };
}

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | null {
  return allowed.find((one) => one === value) ?? null;
}

function parsed<T>(form: z.ZodType<T>, value: string | null): T | null {
  try {
    return value === null ? null : (form.safeParse(JSON.parse(value)).data ?? null);
  } catch {
    return null; // written by something else: counts as not there
  }
}

function statusOf(value: string | null): StatusValue | null {
  const status = parsed(statusForm, value);
  if (status === null) return null;
  const read = decodeStatus(encodeStatus(status));
  return read.ok ? read.value : null;
}
