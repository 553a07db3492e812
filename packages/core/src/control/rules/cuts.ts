/**
 * Cuts and fences of content (spec/04-control.md, Cuts and fences): to which place of a feed it stands although its author had
 * not seen what ended or restricted it. The most senior decides; of equals the one that lets more stand.
 */
import type { AccountId, ChannelId, DeviceId, EventId } from "@multichat/protocol";
import type { Standing } from "../acts.ts";
import type { GrantFact } from "../facts.ts";
import type { Judged } from "../judged.ts";

/** A place in a feed; with seq 0, before its first event. */
export interface Point {
  seq: number;
  hash: EventId | null;
}

/** Up to where the feed stands against these causes; null while nobody has said. */
export function pointOf(
  judged: Judged,
  kind: "cut" | "fence",
  causes: readonly Standing[],
  at: { channel: ChannelId; device: DeviceId; grant: GrantFact },
): Point | null {
  const ids = new Map(causes.map(({ fact }) => [fact.id, fact]));
  let found: (Point & { rank: number }) | null = null;
  for (const { fact, rank } of judged.acts.cuts.of(at.channel)) {
    const { control } = fact;
    if (control?.kind !== kind) continue;
    const { payload } = control;
    const cause = ids.get(payload.cause);
    if (cause === undefined) continue;
    const ownUnbind = cause.control?.kind === "device.unbind" && accountOf(fact.auth) === at.grant.account;
    if (!judged.rules.mayCut({ cut: rank, grant: at.grant.rank, ownUnbind })) continue;
    const named = payload.devices.find(([device]) => device === at.device);
    if (!judged.rules.speaksOf({ named: named !== undefined, rest: payload.rest })) continue;
    const point = named === undefined ? { seq: 0, hash: null, rank } : { seq: named[1], hash: named[2], rank };
    if (found === null || point.rank < found.rank) found = point;
    else if (point.rank === found.rank && point.seq !== found.seq && judged.rules.laterPoint(point.seq, found.seq) === point.seq) found = point;
  }
  return found;
}

function accountOf(auth: Standing["fact"]["auth"]): AccountId | null {
  return auth === null || auth === "root" ? null : auth.account;
}
