/**
 * What the settings consist of. A new section is an entry here, its title in the catalogue (`settings.section.…`), and a
 * file of its own in `sections/`, which is fetched when it is first shown.
 */
import type { Space } from "@multichat/client/contract";
import { Bell, CircleDot, Crown, FileLock, Flag, HardDrive, Hash, Import, KeyRound, Laptop, LockKeyhole, Mail, Palette, ScrollText, Shield, ShieldBan, SlidersHorizontal, UserCheck, UserRound, UserRoundX, Users } from "lucide-react";
import type { ReactNode } from "react";
import { fetchAhead, part, type Part } from "../app/part.ts";
import type { MessageId } from "../i18n/messages.ts";
import { may, whyNot } from "../state/permissions.ts";

type NameIn<Id> = Id extends `settings.section.${infer Name}` ? Name : never;
export type SectionName = NameIn<MessageId>;

interface Listed {
  name: SectionName;
  icon: ReactNode;
}

export interface PersonalSection extends Listed {
  View: Part<object>;
}

export interface WorkspaceSection extends Listed {
  View: Part<{ space: Space }>;
  /** For whom there is something to see or do. */
  offeredTo(space: Space): boolean;
}

export const personalSections: readonly PersonalSection[] = [
  { name: "profile", icon: <UserRound />, View: part(async () => (await import("./sections/Profile.tsx")).Profile) },
  { name: "presence", icon: <CircleDot />, View: part(async () => (await import("./sections/Presence.tsx")).Presence) },
  { name: "devices", icon: <Laptop />, View: part(async () => (await import("./sections/Devices.tsx")).Devices) },
  { name: "phrase", icon: <KeyRound />, View: part(async () => (await import("./sections/Phrase.tsx")).Phrase) },
  { name: "backup", icon: <FileLock />, View: part(async () => (await import("./sections/Backup.tsx")).Backup) },
  { name: "passphrase", icon: <LockKeyhole />, View: part(async () => (await import("./sections/Passphrase.tsx")).Passphrase) },
  { name: "people", icon: <ShieldBan />, View: part(async () => (await import("./sections/People.tsx")).People) },
  { name: "notifications", icon: <Bell />, View: part(async () => (await import("./sections/Notifications.tsx")).Notifications) },
  { name: "appearance", icon: <Palette />, View: part(async () => (await import("./sections/Appearance.tsx")).Appearance) },
  { name: "account", icon: <UserRoundX />, View: part(async () => (await import("./sections/Account.tsx")).Account) },
];

export const workspaceSections: readonly WorkspaceSection[] = [
  {
    name: "overview",
    icon: <SlidersHorizontal />,
    offeredTo: () => true,
    View: part(async () => (await import("./sections/WorkspaceOverview.tsx")).WorkspaceOverview),
  },
  {
    name: "roles",
    icon: <Shield />,
    offeredTo: () => true,
    View: part(async () => (await import("./sections/WorkspaceRoles.tsx")).WorkspaceRoles),
  },
  {
    name: "members",
    icon: <Users />,
    offeredTo: () => true,
    View: part(async () => (await import("./sections/WorkspaceMembers.tsx")).WorkspaceMembers),
  },
  {
    name: "channels",
    icon: <Hash />,
    offeredTo: (space) => space.kind === "team",
    View: part(async () => (await import("./sections/WorkspaceChannels.tsx")).WorkspaceChannels),
  },
  {
    name: "files",
    icon: <HardDrive />,
    offeredTo: () => true,
    View: part(async () => (await import("./sections/WorkspaceFiles.tsx")).WorkspaceFiles),
  },
  {
    name: "invites",
    icon: <Mail />,
    offeredTo: (space) => may(space, "invite"),
    View: part(async () => (await import("./sections/WorkspaceInvites.tsx")).WorkspaceInvites),
  },
  {
    name: "requests",
    icon: <UserCheck />,
    offeredTo: (space) => whyNot(space, "approve-joins") === null,
    View: part(async () => (await import("./sections/WorkspaceRequests.tsx")).WorkspaceRequests),
  },
  {
    name: "reports",
    icon: <Flag />,
    offeredTo: (space) => whyNot(space, "manage-messages") === null,
    View: part(async () => (await import("./sections/WorkspaceReports.tsx")).WorkspaceReports),
  },
  {
    name: "ownership",
    icon: <Crown />,
    offeredTo: (space) => space.kind === "team",
    View: part(async () => (await import("./sections/WorkspaceOwnership.tsx")).WorkspaceOwnership),
  },
  {
    name: "import",
    icon: <Import />,
    offeredTo: (space) => whyNot(space, "manage-integrations") === null,
    View: part(async () => (await import("./sections/WorkspaceImport.tsx")).WorkspaceImport),
  },
  {
    name: "audit",
    icon: <ScrollText />,
    offeredTo: (space) => whyNot(space, "view-audit-log") === null,
    View: part(async () => (await import("./sections/WorkspaceAudit.tsx")).WorkspaceAudit),
  },
];

/** So that they show at once, and also when Multichat has been stopped. */
export function fetchSections(): Promise<void> {
  return fetchAhead([...personalSections, ...workspaceSections].map(({ View }) => View));
}
