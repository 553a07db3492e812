/** What somebody may do, and why not, in words for the one who asks (spec/local-api.md, Right). */
import { type ControlState, type May, type MayNot, type Permission, type Question, type Role, may, permissionNames, plainName } from "@multichat/core";
import type { Right } from "@multichat/client/contract";
import type { AccountId, EventId } from "@multichat/protocol";

/** Every permission of somebody, in a channel or at large. `name`: who it is about, null for the reader. */
export function rightsOf(state: ControlState, account: AccountId, name: string | null, question: Question): Right[] {
  return permissionNames.map((permission) => rightOf(permission, may(state, account, permission, question), name));
}

/** Every permission of somebody who has this role and no other. */
export function rightsOfRole(state: ControlState, role: Role, question: Question): Right[] {
  const alone = withRoleAlone(state, role);
  return permissionNames.map((permission) => rightOf(permission, may(alone, nobody, permission, question), plainName(role.name)));
}

export function rightOf(permission: Permission, answer: May, name: string | null): Right {
  if (answer.allowed) return { permission, allowed: true, why: null };
  return { permission, allowed: false, why: name === null ? answer.why : words[answer.code](name) };
}

const words: Readonly<Record<MayNot, (name: string) => string>> = {
  "not-a-member": (name) => `${name} is not a member here.`,
  "unknown-channel": () => "There is no such channel here.",
  archived: () => "This channel is archived.",
  locked: () => "This channel is locked.",
  muted: (name) => `${name} is muted for now.`,
  role: (name) => `The role of ${name} does not include this.`,
  channel: (name) => `This channel does not allow it to ${name}.`,
  rank: (name) => `The role of ${name} is not above the other's.`,
};

/** Whose id nobody has. */
const nobody = "0".repeat(64) as AccountId;

function withRoleAlone(state: ControlState, role: Role): ControlState {
  const grant = { id: nobody as string as EventId, account: nobody, role, event: state.space as string as EventId };
  return { ...state, members: new Map([...state.members, [nobody, { account: nobody, grants: [grant], devices: [], joinedAt: 0 }]]) };
}
