import type { Identity } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";

/** "vouched for by Bob": said of the name somebody chose, so not of one that this person gave them. */
export function vouchedText({ vouchedBy, petname, you }: Pick<Identity, "vouchedBy" | "petname" | "you">): string | null {
  if (you || petname !== null) return null;
  const [first, second, third] = vouchedBy.map(({ name }) => name);
  if (first === undefined) return null;
  if (second === undefined) return t("trust.vouchedByOne", { first });
  if (third === undefined) return t("trust.vouchedByTwo", { first, second });
  return t("trust.vouchedByThree", { first, second, third });
}
