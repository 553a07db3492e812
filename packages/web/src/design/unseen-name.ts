import { t } from "../i18n/messages.ts";

/** As the local API judges names (spec/10-trust.md, Names). */
const seen = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\u3164\uffa0\u115f\u1160]/u;

/** What is wrong with a name that is not empty and yet shows nothing, such as one of marks of direction alone; else null. */
export function unseenName(typed: string): string | null {
  return typed.trim() === "" || seen.test(typed) ? null : t("name.unseen");
}
