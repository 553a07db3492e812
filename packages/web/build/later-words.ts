/**
 * Which messages come after the first paint, with the first `part()` (src/app/part.ts): those whose id begins so. What the
 * page's own script says may not be among them; a test looks.
 */
export const laterWords = [
  "adopt",
  "audit",
  "cleanUp",
  "deleteAccount",
  "exceptions",
  "existing",
  "forum",
  "import",
  "introduce",
  "keys",
  "owner",
  "passphrase",
  "pause",
  "people",
  "permission",
  "picture",
  "profile",
  "push",
  "recover",
  "restore",
  "revoke",
  "roles",
  "rootKey",
  "rotate",
  "safety",
  "scan",
  "storage",
  "void",
  "vouch",
  "webhook",
];

export function isLater(id: string): boolean {
  return laterWords.includes(id.slice(0, id.indexOf(".")));
}
