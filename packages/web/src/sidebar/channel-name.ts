/** Channel names are lower case with hyphens, in any script, so that they can be typed after a `#`. */
export function channelNameFrom(typed: string): string {
  return typed
    .trim()
    .replace(/^#+/u, "")
    .toLocaleLowerCase()
    .replace(/[\s/\\#]+/gu, "-")
    .replace(/-{2,}/gu, "-")
    .replace(/^-+|-+$/gu, "");
}
