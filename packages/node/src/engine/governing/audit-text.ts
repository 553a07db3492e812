/** The deeds of the audit log in English, without their subject: for the command line, and for who reads its JSON. */
import type { AuditDeed } from "@multichat/client/contract";

/** @param name of whom it was done to */
export function deedText(deed: AuditDeed, name: string | null): string {
  const whom = name ?? "somebody";
  switch (deed.did) {
    case "create-space":
      return "created the workspace";
    case "replace-root-keys":
      return "replaced the root keys";
    case "name-successors":
      return "chose who may take over the root key";
    case "create-role":
      return `created the role ${role(deed.role)}`;
    case "change-role":
      return `changed the role ${role(deed.role)}${changes(deed.on, deed.off)}`;
    case "give-role":
      return `gave ${whom} the role ${role(deed.role)}`;
    case "take-role":
      return `took the role ${role(deed.role)} from ${whom}`;
    case "remove":
      return `removed ${whom}`;
    case "deny":
      return `did not let in ${whom}`;
    case "remove-as-above":
      return `applied the removal of ${whom} from the workspace above`;
    case "ban":
      return `banned ${whom}${until(deed.until)}`;
    case "unban":
      return `lifted the ban of ${whom}`;
    case "leave":
      return "left";
    case "mute":
      return `muted ${whom}${until(deed.until)}`;
    case "unmute":
      return `unmuted ${whom}`;
    case "lock":
      return `locked ${channel(deed.channel)}`;
    case "unlock":
      return `unlocked ${channel(deed.channel)}`;
    case "slow":
      return deed.seconds === 0 ? `ended slow mode in ${channel(deed.channel)}` : `set slow mode in ${channel(deed.channel)} to ${deed.seconds} s`;
    case "override": {
      const subject = { everyone: "everyone", role: role(deed.role), account: whom }[deed.subject];
      return `set for ${subject} in ${channel(deed.channel)}:${changes(deed.allow, deed.deny)}`;
    }
    case "create-channel":
      return `created ${channel(deed.channel)}`;
    case "set-channel":
      return `changed the ${deed.key} of ${channel(deed.channel)} to "${deed.value}"`;
    case "archive":
      return `archived ${channel(deed.channel)}`;
    case "unarchive":
      return `took back from the archive ${channel(deed.channel)}`;
    case "make-invite":
      return `made an invite for ${role(deed.role)}`;
    case "revoke-invite":
      return "withdrew an invite";
    case "ask-to-join":
      return "asked to join";
    case "admit":
      return `let in ${whom}`;
    case "add-device":
      return "added a device";
    case "take-out-device":
      return `took a device of ${whom} out`;
    case "delete-message":
      return `deleted a message of ${whom}`;
    case "adopt":
      return `kept ${deed.count} of what a removal had made void`;
    case "set-policy":
      return policy(deed.key, deed.value);
  }
}

function policy(key: string, value: string | number): string {
  if (key === "name") return `named the workspace "${value}"`;
  if (key === "admission") return value === "approve" ? "made joining need an approval" : "let people with an invite in without an approval";
  if (key === "history") return value === "join" ? "let those who join read only what is written after that" : "let those who join read what came before";
  return `set ${key} to "${value}"`;
}

function role(name: string | null): string {
  return name ?? "a role";
}

function channel(name: string | null): string {
  return `#${name ?? "channel"}`;
}

function until(time: number): string {
  return time === 0 ? "" : ` until ${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function changes(on: readonly string[], off: readonly string[]): string {
  const all = [...on.map((one) => `+${one}`), ...off.map((one) => `−${one}`)];
  return all.length === 0 ? "" : ` ${all.join(" ")}`;
}
