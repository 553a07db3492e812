/** What the person of the in-memory Multichat may do: everything of a moderator and more, and some things not, with a reason. */
import type { Right } from "@multichat/client/contract";
import { permissionGroups, type Permission } from "../../src/roles/permission-list.ts";

export const permissionNames: readonly Permission[] = Object.values(permissionGroups).flat();

const lacking = "Your role here (Admin) does not include this.";

/** All but those named. */
export function rightsBut(without: readonly string[], why = lacking): Right[] {
  return permissionNames.map((permission) => {
    const allowed = !without.includes(permission);
    return { permission, allowed, why: allowed ? null : why };
  });
}

/** Those of somebody who may do no more than talk. */
export function rightsOfMember(): Right[] {
  const own = ["send", "reply", "react", "attach"];
  return rightsBut(permissionNames.filter((name) => !own.includes(name)), "Your role here (Member) does not include this.");
}
