/** Whether a message calls somebody (spec/12-content.md, Mentions). */
import { type AccountId, type Header, decodeContent } from "@multichat/protocol";
import { mentionsIn } from "../content/mentions.ts";
import { judgeContent } from "../control/judge-content.ts";
import type { ControlLog } from "../control/log.ts";
import type { ControlState } from "../control/state.ts";

/** Whether a message calls this account, and how: by name; by a role it has or as one of everyone, where the author might call these. @param header of the message as it was first written */
export function calledBy(log: ControlLog, state: ControlState, account: AccountId, header: Header, text: string): "person" | "role" | "everyone" | null {
  const mentions = mentionsIn(text);
  if (mentions.length === 0) return null;
  if (mentions.some(({ kind, id }) => kind === "person" && id === account)) return "person";
  const roles = new Set<string>(state.members.get(account)?.grants.map(({ role }) => role.id) ?? []);
  const role = mentions.some(({ kind, id }) => kind === "role" && roles.has(id!));
  if (!role && !mentions.some(({ kind }) => kind === "everyone")) return null;
  if (!judgeContent(log, state, header, [["mention-everyone"]]).stands) return null;
  return role ? "role" : "everyone";
}

export function isMentioned(log: ControlLog, state: ControlState, account: AccountId, header: Header, text: string): boolean {
  return calledBy(log, state, account, header, text) !== null;
}

/** What a person wrote; empty for everything else. */
export function writtenText(kind: string, payload: Uint8Array | null): string {
  if (payload === null || (kind !== "message" && kind !== "reply")) return "";
  const read = decodeContent(kind, payload);
  return read.ok ? (read.value.text ?? "") : "";
}
