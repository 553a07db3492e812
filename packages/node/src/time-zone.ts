/**
 * A laptop travels, and what is by this computer's clock goes with it (spec/14-notifications.md, Do not disturb). Node asks the system
 * for its time zone once, at the start, and again only where its variable TZ is touched; so it is, when the system's choice has changed.
 */
import { lstat } from "node:fs/promises";
import type { Clock } from "@multichat/core/ports";

const lookMs = 60_000;
const chosenAt = "/etc/localtime";

/** @param env of this process, whose deletions Node hears of @returns ends it */
export function followTimeZone({ clock, env, look = lookAtChoice }: { clock: Pick<Clock, "after">; env: { TZ?: string }; look?: () => Promise<string | null> }): () => void {
  // Whoever named one means that one.
  if (env.TZ !== undefined) return () => undefined;
  let seen: string | null = null;
  let cancel = (): void => undefined;
  let ended = false;
  async function again(): Promise<void> {
    const found = await look();
    if (ended) return;
    // Where nothing shows whether it changed, it is asked each time.
    if (found === null || (seen !== null && found !== seen)) delete env.TZ;
    seen = found;
    cancel = clock.after(lookMs, () => void again());
  }
  void again();
  return () => {
    ended = true;
    cancel();
  };
}

/** Something that is another after each change; null where there is no such file, as on Windows. */
async function lookAtChoice(): Promise<string | null> {
  try {
    const { ino, mtimeMs } = await lstat(chosenAt);
    return `${ino} ${mtimeMs}`;
  } catch {
    return null;
  }
}
