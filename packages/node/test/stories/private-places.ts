/** What stories about private channels and conversations ask. */
import type { Person, World } from "./world.ts";

export function accountOf(who: Person): string {
  return who.vault.load()!.account!.id;
}

/** Names of the conversations this person has. */
export async function conversations(who: Person): Promise<string[]> {
  return (await who.call("space.list", {})).spaces.filter(({ kind }) => kind === "direct").map(({ name }) => name).sort();
}

/** Every frame that reaches somebody from now on, in hex, until the returned function is called. */
export function recordFrames(world: World, who: Person): () => string[] {
  const frames: string[] = [];
  const stop = world.network.tap((frame, _from, to) => {
    if (to === who.device) frames.push(Buffer.from(frame).toString("hex"));
    return frame;
  });
  return () => {
    stop();
    return frames;
  };
}
