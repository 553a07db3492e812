import { t } from "../i18n/messages.ts";

/** What this device may be called until the person calls it otherwise. */
export function thisDeviceName(agent: string): string {
  if (/iPhone|iPad|Mac/u.test(agent)) return t("device.name.mac");
  if (agent.includes("Windows")) return t("device.name.windows");
  return t("device.name.other");
}
