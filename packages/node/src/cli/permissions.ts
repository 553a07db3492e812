/** Names of permissions (spec/permissions.md), as they are given with commas between them. */
import type { Space } from "@multichat/client/contract";
import { CliError } from "./cli-error.ts";
import { oneLine } from "./printable.ts";

export function permissionList(text: string): string[] {
  return text.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

/** @throws CliError for what is no permission, with those there are */
export function checkPermissions(space: Pick<Space, "permissions">, names: readonly string[]): void {
  const known = space.permissions.map(({ permission }) => permission);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new CliError("bad-request", `There is no permission "${oneLine(unknown)}". There are: ${known.join(", ")}.`);
}
