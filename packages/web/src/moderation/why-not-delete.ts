import type { Message } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { memberOf } from "../state/people.ts";
import { whyNot } from "../state/permissions.ts";
import type { AppState } from "../state/store.ts";

/** Why this account cannot delete a message, in words; null: it can, as far as is known. What people wrote who are gone is nobody's any more. */
export function whyNotDelete(state: AppState, message: Message): string | null {
  const [space, channel] = [state.spaces[message.space], state.channels[message.channel]];
  if (!space || !channel) return null;
  if (message.own) return space.readOnly;
  const author = memberOf(state, message.space, message.author.id);
  return space.readOnly ?? whyNot(channel, "manage-messages") ?? (author?.junior === false ? t("delete.notJunior") : null);
}
