/** Which permissions content needs, by its header alone (spec/12-content.md): a closed list, so that all nodes judge alike what some do not know. */
import type { Header } from "@multichat/protocol";
import type { Permission } from "../control/permissions.ts";

/** One of each group must be held. */
export type Needs = readonly (readonly Permission[])[];

const unknown: Needs = [["send"]];

const needs: ReadonlyMap<string, Needs> = new Map<string, Needs>([
  ["message", [["send"]]],
  ["reply", [["reply"]]],
  ["edit", [["send", "reply"]]],
  ["reaction", [["react"]]],
  ["vote", [["react"]]],
  ["pin", [["pin"]]],
  ["imported", [["manage-integrations"]]],
  ["delete", []],
]);

export function needsOf({ kind, ext }: Pick<Header, "kind" | "ext">): Needs {
  const ofKind = needs.get(kind) ?? unknown;
  return ext.get("attach") === true ? [...ofKind, ["attach"]] : ofKind;
}
