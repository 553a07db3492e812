/** The rules' reasons why an event is without effect, in the few kinds that people care about. */
import type { VoidReason } from "@multichat/client/contract";

const kinds: Partial<Record<string, VoidReason>> = {
  "its author was removed": "author-removed",
  "behind a cut": "author-removed",
  "its grant was withdrawn": "role-withdrawn",
  "under a grant that is not in force": "role-withdrawn",
  "admitted by someone who may not": "not-permitted",
  "aimed at somebody not junior": "not-junior",
  "a cause of somebody senior": "not-junior",
  "its author was not a member": "not-member",
  "a device that is not bound": "device-gone",
  "from a device that is not bound": "device-gone",
  "from a device that its account gave up": "device-gone",
  "a device that was unbound": "device-gone",
  "its author was muted": "muted",
  "its channel was locked": "channel-closed",
  "its channel was archived": "channel-closed",
  "the invite had been revoked": "invite-revoked",
  "given to somebody who is banned": "banned",
  "given while its subject was being removed": "banned",
};

/** @param why as the control log's rules say it (spec/04-control.md) */
export function voidReason(why: string): VoidReason {
  return kinds[why] ?? (why.startsWith("without the ") ? "not-permitted" : "rules");
}
