/** Names that others chose, as names of files here: no paths, nothing hidden, none twice. */

const longest = 80;

/** @param taken in lower case; the name is added to them */
export function freeName(given: string, taken: Set<string>, ending: string, begin = ""): string {
  const clean = given
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, "_")
    .replaceAll(/^[. -]+|[. ]+$/g, "")
    .slice(0, longest)
    .toWellFormed();
  const bare = `${begin}${clean === "" ? "unnamed" : clean}`;
  for (let count = 1; ; count++) {
    const name = `${bare}${count === 1 ? "" : `-${count}`}${ending}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
