/** How long a text may be. The node refuses longer ones; said before, nothing has to be fetched back to be shortened. */
import { t } from "../i18n/messages.ts";

/** As the format of messages has it (spec/12-content.md). */
export const longestText = 40_000;

/** What is to be said of a text, as it would be sent, that is too long to be; null: it is not. */
export function tooLong(text: string): string | null {
  const over = text.trimEnd().length - longestText;
  return over > 0 ? t("composer.tooLong", { over, most: longestText }) : null;
}
