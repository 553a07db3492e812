/** Names that others chose, as names of files here: no paths, nothing hidden, none twice. */
import { safeFileName } from "@multichat/client";

/** @param taken in lower case; the name is added to them */
export function freeName(given: string, taken: Set<string>, ending: string, begin = ""): string {
  const clean = safeFileName(given)
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, "_")
    .replaceAll(/^[. -]+|[. ]+$/g, "");
  const bare = `${begin}${clean === "" ? "unnamed" : clean}`;
  for (let count = 1; ; count++) {
    const name = `${bare}${count === 1 ? "" : `-${count}`}${ending}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
