/** Roles, and what they and channels allow to whom (spec/local-api.md, spec/permissions.md). */
import type { Channel, History, Id, Member, Person, Space } from "./model.ts";

/** What somebody may do, or why not, in words for the one who asks. */
export interface Right {
  /** A name of spec/permissions.md. */
  permission: string;
  allowed: boolean;
  /** Null if allowed. */
  why: string | null;
}

export interface Role {
  id: Id;
  name: string;
  /** "" or "#rrggbb". */
  colour: string;
  /** Lower is more senior; never changes. */
  rank: number;
  /** Names of spec/permissions.md. */
  permissions: string[];
  /** How many people have it. */
  members: number;
  /** This account may change it, and give and take it. */
  manageable: boolean;
}

/** To whom a channel's override applies. */
export type OverrideSubject = { everyone: true } | { role: Id } | { account: Id };

export interface Override {
  subject: OverrideSubject;
  /** The role's or the member's name, or "everyone". */
  name: string;
  allow: string[];
  deny: string[];
  /** Null: the root keys. */
  by: Person | null;
  at: number;
}

export interface RoleCommands {
  /** Most senior first. */
  "role.list": [{ space: Id }, { roles: Role[] }];
  /** `below`: the role right above it; without it, it becomes the most junior one. */
  "role.create": [
    { space: Id; name: string; colour?: string; permissions: string[]; below?: Id },
    { role: Role },
  ];
  /** Changes what is given; `on` and `off` name permissions. `override`, here and below: take away though `not-fresh`. */
  "role.set": [
    { space: Id; role: Id; name?: string; colour?: string; on?: string[]; off?: string[]; override?: boolean },
    { role: Role },
  ];
  /** A new role in the new place, given to all who had the old one, with its overrides; the old one allows nothing any more. */
  "role.move": [{ space: Id; role: Id; below: Id; override?: boolean }, { role: Role; members: number }];
  /** Gives a role to a member, or (`on` false) takes it away. The last one is taken by `member.kick` only. */
  "member.role": [{ space: Id; account: Id; role: Id; on: boolean; override?: boolean }, { member: Member }];

  "override.list": [{ channel: Id }, { overrides: Override[] }];
  /** Replaces what was said for this subject; both empty: inherits everything. */
  "channel.override": [
    { channel: Id; subject: OverrideSubject; allow: string[]; deny: string[] },
    { overrides: Override[] },
  ];
  "channel.rename": [{ channel: Id; name: string }, { channel: Channel }];
  "channel.archive": [{ channel: Id; on: boolean }, { channel: Channel }];
  "channel.lock": [{ channel: Id; on: boolean }, { channel: Channel }];
  /** Seconds between two messages of one person, 0 = no limit. */
  "channel.slow": [{ channel: Id; seconds: number }, { channel: Channel }];
  "space.rename": [{ space: Id; name: string }, { space: Space }];
  /** Whether who proves an invite is let in at once, or waits for somebody with `approve-joins`. */
  "space.admission": [{ space: Id; approve: boolean }, { space: Space }];
  /** What members' nodes give from now on to those who joined. Nobody loses what they hold already. */
  "space.history": [{ space: Id; history: History }, { space: Space }];

  /**
   * What a member (this account, unless another is named), or somebody with nothing but one role, may do. With `permission` the
   * list has that one only. `target`: somebody it is to be done to.
   */
  "permissions.check": [
    { space: Id; channel?: Id; account?: Id; role?: Id; permission?: string; target?: Id },
    { allowed: boolean; why: string | null; permissions: Right[] },
  ];
}

export interface RolePushes {
  /** List its roles again. */
  roles: { space: Id };
}
