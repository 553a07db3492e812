/** What one event of the control log did, as plain values: interfaces say it in their own words (spec/local-api.md, AuditEntry). */
import { type ControlEvent, type ControlState, plainName } from "@multichat/core";
import type { AuditDeed, AuditKind } from "@multichat/client/contract";
import type { AccountId, EventId } from "@multichat/protocol";
import { listed } from "./roles.ts";
import { successorsPolicy } from "./root-keys.ts";

export interface Deed {
  kind: AuditKind;
  of: AccountId | null;
  what: AuditDeed;
  channel: string | null;
  role: string | null;
}

/** Null for events that are nobody's deed: merges, cuts, proofs. */
export function deedOf(state: ControlState, { control, id }: ControlEvent): Deed | null {
  if (control === null) return null;
  const deed = (kind: AuditKind, what: AuditDeed, about: Partial<Deed> = {}): Deed => ({ kind, of: null, channel: null, role: null, what, ...about });
  const named = (name: string | null | undefined): string | null => (name == null ? null : plainName(name));
  const role = (of: EventId): string | null => named(state.roles.get(of)?.name);
  const channel = (of: string): string | null => named(state.channels.get(of as never)?.name);
  switch (control.kind) {
    case "genesis":
      return deed("space", { did: "create-space" });
    case "root.rotate":
      return deed("space", { did: "replace-root-keys" });
    case "role.create":
      return deed("role", { did: "create-role", role: plainName(control.payload.name) }, { role: id });
    case "role.set": {
      const { role: changed, on, off, name, colour } = control.payload;
      return deed("role", { did: "change-role", role: role(changed), on: listed(on), off: listed(off), name: named(name), colour }, { role: changed });
    }
    case "grant": {
      const { account, role: given } = control.payload;
      return deed("grant", { did: "give-role", role: role(given) }, { of: account, role: given });
    }
    case "revoke": {
      const grant = state.grants.get(control.payload.grant);
      return deed("revoke", { did: "take-role", role: named(grant?.role.name) }, { of: grant?.account ?? null, role: grant?.role.id ?? null });
    }
    case "remove":
      return deed("remove", { did: wasIn(state, id, control.payload.account) ? "remove" : "deny" }, { of: control.payload.account });
    case "parent.applied":
      return deed("remove", { did: "remove-as-above" }, { of: control.payload.account });
    case "ban":
      return deed("ban", { did: "ban", until: control.payload.until }, { of: control.payload.account });
    case "unban":
      return deed("unban", { did: "unban" }, { of: control.payload.account });
    case "leave":
      return deed("leave", { did: "leave" }, { of: control.payload.account });
    case "mute": {
      const { account, on, until } = control.payload;
      return deed("mute", on ? { did: "mute", until } : { did: "unmute" }, { of: account });
    }
    case "lock": {
      const { channel: where, on } = control.payload;
      return deed("lock", { did: on ? "lock" : "unlock", channel: channel(where) }, { channel: where });
    }
    case "slow": {
      const { channel: where, seconds } = control.payload;
      return deed("slow", { did: "slow", channel: channel(where), seconds }, { channel: where });
    }
    case "override":
      return override(control.payload);
    case "channel.create":
      return deed("channel", { did: "create-channel", channel: plainName(control.payload.name) }, { channel: id });
    case "channel.set": {
      const { channel: where, key, value } = control.payload;
      return deed("channel", { did: "set-channel", channel: channel(where), key, value }, { channel: where });
    }
    case "channel.archive": {
      const { channel: where, on } = control.payload;
      return deed("channel", { did: on ? "archive" : "unarchive", channel: channel(where) }, { channel: where });
    }
    case "invite.create":
      return deed("invite", { did: "make-invite", role: role(control.payload.role) }, { role: control.payload.role });
    case "invite.revoke":
      return deed("invite", { did: "revoke-invite" });
    case "join":
      return deed("join", { did: "ask-to-join" }, { of: control.payload.account });
    case "admit":
      return deed("join", { did: "admit" }, { of: state.joins.get(control.payload.join)?.account ?? null });
    case "device.bind":
      return deed("device", { did: "add-device" }, { of: control.payload.account });
    case "device.unbind":
      return deed("device", { did: "take-out-device" }, { of: control.payload.account });
    case "adopt":
      return deed("adopt", { did: "adopt", count: control.payload.ids.length });
    case "policy.set":
      if (control.payload.key === successorsPolicy) return deed("space", { did: "name-successors" });
      return deed("policy", { did: "set-policy", key: control.payload.key, value: control.payload.value });
    case "merge":
    case "cut":
    case "fence":
    case "proof":
    case "key.rotate":
      return null;
  }

  function override({ channel: where, subject, allow, deny }: Extract<NonNullable<typeof control>, { kind: "override" }>["payload"]): Deed {
    const about = {
      channel: where,
      of: "account" in subject ? subject.account : null,
      role: "role" in subject ? subject.role : null,
    };
    const whom = "everyone" in subject ? "everyone" : "role" in subject ? "role" : "account";
    return deed("override", { did: "override", channel: channel(where), subject: whom, role: about.role === null ? null : role(about.role), allow: listed(allow), deny: listed(deny) }, about);
  }
}

/** Whoever removes somebody who asked to join, and was not let in, denies them. */
function wasIn({ judged }: ControlState, removal: EventId, account: AccountId): boolean {
  const fact = judged.facts.get(removal);
  return fact === null || (judged.acts.grantsOf.get(account) ?? []).some(({ index }) => fact.past.has(index));
}
