/** The name of a file, chosen by somebody else, as it is shown and as it is saved here. */

/** Of a name, its ending included: what every file system takes, whatever it counts in. */
const longest = 100;

/** Turns text around or cannot be seen: so `exe.png` may be the end of `gnp.exe`. */
const hidden =
  /[\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu;
/** What paths are made of, and what some system gives a meaning to. */
const meaningful = /[/\\:*?"<>|]/g;
/** Devices of Windows, whatever the ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Nothing hidden, no path, no dot before it, and the ending it has is the one that is seen. */
export function safeFileName(name: string): string {
  const clean = name
    .normalize("NFC")
    .replaceAll(hidden, "")
    .replaceAll(meaningful, "_")
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/^[. ]+|[. ]+$/g, "")
    .replace(reserved, "_$&");
  if (clean === "") return "unnamed";
  if (clean.length <= longest) return clean;
  const ending = /\.[^. ]{1,12}$/u.exec(clean)?.[0] ?? "";
  return clean.slice(0, longest - ending.length).replace(/[\uD800-\uDBFF]$/, "") + ending;
}
