import { InvalidArgumentError } from "commander";

/** The names of spec/permissions.md, with commas between them; the node says which it does not know. */
export function permissionList(text: string): string[] {
  const names = text.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const odd = names.find((name) => !/^[a-z-]+$/.test(name));
  if (odd !== undefined) throw new InvalidArgumentError(`"${odd}" is not the name of a permission.`);
  return names;
}
