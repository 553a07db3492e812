/** Calls what wakes the person (spec/14-notifications.md, Waking): a fixed word, the same for everything; or to a browser what only it can read. */
import type { CallWake } from "../engine/notifications/wake.ts";
import type { WakeAnswer } from "../engine/notifications/wake-target.ts";
import { encryptPush } from "../web-push/encrypt.ts";
import { keptSeconds, paddedBytes } from "../web-push/limits.ts";
import { newVapidKey, vapidHeader } from "../web-push/vapid.ts";

/** A push service answers at once, or something is wrong. */
const patienceMs = 10_000;
/** The browser is no longer subscribed (RFC 8030, 7.3). */
const noLonger: ReadonlySet<number> = new Set([404, 410]);

export const callWake: CallWake = {
  newKey: newVapidKey,
  address: (url) => post(url, { body: "Multichat" }),
  browser({ endpoint, p256dh, auth }, key, text) {
    const keys = { p256dh: Buffer.from(p256dh, "base64url"), auth: Buffer.from(auth, "base64url") };
    let body: Uint8Array;
    try {
      body = encryptPush(Buffer.from(text), keys, paddedBytes);
    } catch {
      return Promise.resolve({
        ok: false,
        why: "The browser's key is none. Switch it off and on again there.",
        gone: true,
        retryAfterMs: null,
      });
    }
    const headers = {
      authorization: vapidHeader(endpoint, key, Date.now()),
      "content-encoding": "aes128gcm",
      "content-type": "application/octet-stream",
      ttl: String(keptSeconds),
      // What is still to be brought is replaced by this.
      topic: "multichat",
    };
    return post(endpoint, { headers, body: new Uint8Array(body) });
  },
};

async function post(
  url: string,
  request: Pick<RequestInit, "headers" | "body">,
): Promise<WakeAnswer> {
  let answer: Response;
  try {
    // Where it leads elsewhere, somebody else would be called than was chosen.
    answer = await fetch(url, {
      ...request,
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
  } catch (error) {
    const why =
      error instanceof Error && error.name === "TimeoutError"
        ? "It did not answer within 10 seconds."
        : "It could not be reached.";
    return { ok: false, why, gone: false, retryAfterMs: null };
  }
  if (answer.ok) return { ok: true };
  return {
    ok: false,
    why: answer.status >= 300 && answer.status < 400 ? `It answered ${answer.status}: it leads elsewhere, and Multichat does not follow. Choose where it leads.` : `It answered ${answer.status}.`,
    gone: noLonger.has(answer.status),
    retryAfterMs: retryAfter(answer.headers.get("retry-after")),
  };
}

/** Seconds, or a date. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
