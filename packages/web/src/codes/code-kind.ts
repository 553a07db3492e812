/** What a code is for, by how its text begins: spec/05 (invites), spec/09 (devices), spec/10 (who somebody is). */
const beginnings = {
  invite: "multichat://join/#",
  device: "multichat://link/#",
  verification: "multichat://verify/#",
} as const;

export type CodeKind = keyof typeof beginnings;

/** Null for codes that are not of Multichat. */
export function codeKind(text: string): CodeKind | null {
  const trimmed = text.trim();
  return (Object.keys(beginnings) as CodeKind[]).find((kind) => trimmed.startsWith(beginnings[kind])) ?? null;
}
