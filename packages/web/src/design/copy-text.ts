import { t } from "../i18n/messages.ts";
import { announce } from "./announce.ts";

/** Whether the text is now on the clipboard: a browser may say no, and then nothing claims otherwise. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    announce(t("copy.done"));
    return true;
  } catch {
    return false;
  }
}
