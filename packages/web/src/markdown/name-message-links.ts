import { t } from "../i18n/messages.ts";
import { parseMessageLink } from "../state/address.ts";
import { placeName } from "../state/places.ts";
import type { AppState } from "../state/store.ts";

/** A link to a message says where it leads, as far as that is known, instead of the address. */
export function nameMessageLinks(root: HTMLElement, { spaces, channels }: Pick<AppState, "spaces" | "channels">): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href^="#/w/"]')) {
    const place = parseMessageLink(link.getAttribute("href") ?? "");
    // A name that its author gave it stays.
    if (!place || !link.textContent.endsWith(place.id)) continue;
    const [space, channel] = [spaces[place.space], channels[place.channel]];
    link.textContent = space && channel ? t("message.linkIn", { channel: placeName(space, channel) }) : t("message.linkElsewhere");
  }
}
