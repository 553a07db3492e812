/** An error of the local API as a sentence. The API's own words are kept where the catalogue has none for its code. */
import { t, type MessageId } from "./messages.ts";

const own: Partial<Record<string, MessageId>> = {
  "invite-garbled": "error.inviteGarbled",
  "invite-expired": "error.inviteExpired",
  "invite-used-up": "error.inviteUsedUp",
  "invite-revoked": "error.inviteRevoked",
  "invite-unknown": "error.inviteUnknown",
  "not-running": "error.notRunning",
  timeout: "error.timeout",
  internal: "error.internal",
};

export function problemText(error: unknown): string {
  const code = errorCode(error);
  const id = code ? own[code] : undefined;
  if (id) return t(id);
  return code && error instanceof Error && error.message ? error.message : t("error.internal");
}

export function errorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : null;
}
