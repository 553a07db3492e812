/** Roles, reports, requests and the audit log of the in-memory Multichat. */
import type {
  AuditEntry,
  CleanUp,
  Departed,
  Id,
  JoinRequest,
  MessageRequest,
  Ownership,
  Override,
  Report,
  Role,
  VoidedEntry,
} from "@multichat/client/contract";
import { permissionNames } from "./rights.ts";
import { aMessage } from "../a-message.ts";

export interface Governed {
  roles: Role[];
  overrides: Record<Id, Override[]>;
  departed: Departed[];
  joinRequests: JoinRequest[];
  reports: Report[];
  audit: AuditEntry[];
  voided: VoidedEntry[];
  requests: MessageRequest[];
  cleanUp: CleanUp;
  ownership: Ownership;
  /** Null: others were heard a moment ago. */
  stale: string | null;
}

export function nothingGoverned(): Governed {
  return {
    roles: [],
    overrides: {},
    departed: [],
    joinRequests: [],
    reports: [],
    audit: [],
    voided: [],
    requests: [],
    cleanUp: { accounts: [], messages: 0, channels: 0, spared: [] },
    ownership: { owners: [], holders: [], needed: 1, recovery: null, requests: [] },
    stale: null,
  };
}

interface Given {
  now: number;
  person(name: string): { id: Id; name: string };
  idOf(name: string): Id;
}

export function governed({ now, person, idOf }: Given): Governed {
  const hour = 3_600_000;
  const [ines, bruno, carol, eve] = ["Ines Marquez", "Bruno Castellanos", "Carol", "Eve"].map(person);
  const talk = ["send", "reply", "react", "attach"];
  const role = (name: string, rank: number, permissions: string[], of: Partial<Role> = {}): Role => ({
    id: idOf(`role ${name}`),
    name,
    colour: "",
    rank,
    permissions,
    members: 1,
    manageable: rank > 2_000,
    ...of,
  });
  const entry = (at: number, of: Partial<AuditEntry>): AuditEntry => ({
    id: idOf(`audit ${at}`),
    kind: "role",
    by: ines!,
    of: null,
    at,
    deed: { did: "leave" },
    text: "",
    channel: null,
    role: null,
    voidReason: null,
    void: null,
    position: String(at).padStart(16, "0"),
    ...of,
  });
  const voided = (at: number, of: Pick<AuditEntry, "deed"> & Partial<AuditEntry>, adoptable: boolean): VoidedEntry => ({
    ...entry(at, { by: eve!, voidReason: "author-removed", void: "its author was removed", ...of }),
    cause: idOf("removal of Eve"),
    causeDeed: { did: "remove" },
    causeBy: bruno!,
    causeOf: eve!,
    causeText: "",
    adoptable,
  });
  const spam = aMessage({ author: eve!, text: "Buy my seeds at https://example.org, only today, only here, only for you.", time: now - 2 * hour, id: idOf("spam") });
  return {
    roles: [
      role("Owner", 1_000, ["administer"], { members: 1, manageable: false }),
      role("Admin", 2_000, permissionNames.filter((name) => name !== "administer"), { members: 2, manageable: false, colour: "#8a3ffc" }),
      role("Moderator", 3_000, [...talk, "pin", "invite", "approve-joins", "manage-messages", "mute", "kick", "view-audit-log"], { colour: "#1f7a4d" }),
      role("Keeper of the compost heap and everything that lives in it", 3_500, [...talk, "pin"], { members: 0, colour: "#b5651d" }),
      role("Member", 4_000, [...talk, "invite"], { members: 6 }),
      role("Guest", 5_000, ["send", "reply", "react"]),
    ],
    overrides: {
      [idOf("channel Garden Club general")]: [
        { subject: { everyone: true }, name: "everyone", allow: [], deny: ["mention-everyone"], by: bruno!, at: now - 90 * hour },
        { subject: { role: idOf("role Guest") }, name: "Guest", allow: ["react"], deny: ["send", "attach"], by: ines!, at: now - 80 * hour },
        { subject: { account: carol!.id }, name: "Carol", allow: ["pin"], deny: [], by: ines!, at: now - 3 * hour },
      ],
    },
    departed: [
      { person: person("Mallory"), how: "banned", by: bruno!, at: now - 30 * hour, until: 0 },
      { person: person("Peggy"), how: "banned", by: ines!, at: now - 10 * hour, until: now + 60 * hour },
      { person: person("Trent"), how: "removed", by: ines!, at: now - 200 * hour, until: 0 },
      { person: person("Walter"), how: "left", by: null, at: now - 300 * hour, until: 0 },
    ],
    joinRequests: [
      { id: idOf("request Zoe"), person: person("Zoë Ångström"), invite: "i1", role: "Member", invitedBy: bruno!, at: now - hour, connected: true },
      { id: idOf("request Tom"), person: person("Tom"), invite: "i2", role: "Guest", invitedBy: ines!, at: now - 30 * hour, connected: false },
    ],
    reports: [
      { id: "r1", message: spam, by: carol!, at: now - hour, reason: "This is advertising, and it is the third time this week.", resolved: null },
      { id: "r2", message: { ...spam, id: idOf("spam 2"), text: "", deleted: { by: ines!, at: now - 20 * hour } }, by: bruno!, at: now - 22 * hour, reason: "Rude.", resolved: { by: ines!, at: now - 20 * hour } },
    ],
    audit: [
      entry(now - hour, { kind: "mute", of: eve!, deed: { did: "mute", until: now + 3 * hour } }),
      entry(now - 3 * hour, { kind: "override", of: carol!, deed: { did: "override", channel: "general", subject: "account", role: null, allow: ["pin"], deny: [] }, channel: idOf("channel Garden Club general") }),
      entry(now - 10 * hour, { kind: "ban", of: person("Peggy"), deed: { did: "ban", until: now + 60 * hour } }),
      entry(now - 26 * hour, { kind: "delete", of: eve!, deed: { did: "delete-message" }, channel: idOf("channel Garden Club general") }),
      entry(now - 30 * hour, { kind: "ban", by: bruno!, of: person("Mallory"), deed: { did: "ban", until: 0 } }),
      entry(now - 90 * hour, { kind: "grant", by: eve!, of: person("Mallory"), deed: { did: "give-role", role: "Moderator" }, voidReason: "author-removed", void: "its author was removed" }),
      entry(now - 40 * 24 * hour, { kind: "space", by: null, deed: { did: "create-space" } }),
    ],
    voided: [
      voided(now - 80 * hour, { kind: "join", deed: { did: "admit" }, of: person("Zoë Ångström") }, true),
      voided(now - 81 * hour, { kind: "channel", deed: { did: "create-channel", channel: "compost" } }, true),
      voided(now - 82 * hour, { kind: "grant", deed: { did: "give-role", role: "Moderator" }, of: person("Mallory") }, false),
    ],
    requests: [
      { id: "q1", from: person("Oscar"), people: 2, introducedBy: null, at: now - 2 * hour },
      { id: "q2", from: person("Victor"), people: 5, introducedBy: carol!, at: now - 50 * hour },
    ],
    cleanUp: { accounts: ["Mallory 1", "Mallory 2", "Mallory 3"].map(person), messages: 214, channels: 4, spared: [bruno!] },
    ownership: { owners: [ines!], holders: [{ person: ines!, you: true, member: true, current: true }], needed: 1, recovery: null, requests: [] },
    stale: null,
  };
}
