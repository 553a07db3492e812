/** How a browser proves who it is: the code in the address it was opened at becomes an HttpOnly cookie. */
import { ClientError } from "./client-error.ts";
import { errorCodes } from "./contract/index.ts";
import type { ApiError } from "./contract/index.ts";

const path = "/api/v1/session";

/**
 * Exchanges the single-use code for a session cookie.
 * @throws ClientError with `unauthorized` when the code is used or too old, `not-running` when the node does not answer.
 */
export async function openSession(url: string, code: string): Promise<void> {
  const response = await ask(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  if (!response.ok) throw new ClientError(await errorOf(response));
}

/** Whether the node would let this browser (or this token) in; a WebSocket that fails to open does not say why. */
export async function isAuthorized(url: string, token: string | undefined): Promise<boolean> {
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await ask(url, { headers });
  return response.status !== 401 && response.status !== 403;
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(new URL(path, url), { ...init, credentials: "same-origin" });
  } catch (cause) {
    throw new ClientError(
      { code: "not-running", message: "Multichat is not running on this computer." },
      { cause },
    );
  }
}

export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "error" in body && isApiError(body.error))
    return body.error;
  return { code: "internal", message: `Multichat answered with status ${response.status}.` };
}

function isApiError(value: unknown): value is ApiError {
  if (typeof value !== "object" || value === null || !("code" in value) || !("message" in value))
    return false;
  return typeof value.message === "string" && errorCodes.some((code) => code === value.code);
}
