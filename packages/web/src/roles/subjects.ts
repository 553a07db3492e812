import type { Id, Member, OverrideSubject, Role } from "@multichat/client/contract";

/** To whom something applies, as the value of a choice: "everyone", "role ID" or "account ID". */
export function subjectKey(subject: OverrideSubject): string {
  if ("everyone" in subject) return "everyone";
  return "role" in subject ? `role ${subject.role}` : `account ${subject.account}`;
}

export function subjectOf(key: string): OverrideSubject {
  const [kind, id = ""] = key.split(" ") as [string, Id?];
  if (kind === "role") return { role: id };
  return kind === "account" ? { account: id } : { everyone: true };
}

export function roleChoices(roles: readonly Role[]): { value: string; label: string }[] {
  return roles.map(({ id, name }) => ({ value: `role ${id}`, label: name }));
}

export function memberChoices(members: readonly Member[]): { value: string; label: string }[] {
  return members.map(({ id, name }) => ({ value: `account ${id}`, label: name }));
}
