/** The emoji that this browser used last, kept in localStorage. */
const key = "multichat.recentEmoji";
const most = 24;
/** Until there are own ones. */
const usual = ["👍", "❤️", "😂", "🎉", "👀", "🙏"];

export function recentEmoji(count: number): string[] {
  return [...new Set([...stored(), ...usual])].slice(0, count);
}

export function rememberEmoji(emoji: string): void {
  localStorage.setItem(key, JSON.stringify([...new Set([emoji, ...stored()])].slice(0, most)));
}

function stored(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(value) ? value.filter((emoji) => typeof emoji === "string") : [];
  } catch {
    return [];
  }
}
