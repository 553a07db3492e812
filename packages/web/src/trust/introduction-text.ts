import type { Introduction } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";

/** Who introduces whom, in a sentence. */
export function introductionText({ role, by, people }: Introduction): string {
  const [first, second] = people;
  if (role === "received") return t("introduction.received", { by: by.name, name: first?.name ?? "" });
  return t("introduction.made", { first: first?.name ?? "", second: second?.name ?? "" });
}
