/**
 * Who may use the local API (spec/local-api.md, "Authentication"). Any page in any browser on this machine can send
 * requests to a loopback port, so a request must come to our own address (a foreign Host is DNS rebinding), from our own
 * page or from no page at all (Origin), and carry the token or our own cookie. Cookies are shared by all ports of a host:
 * a cookie alone proves nothing about which page asks, so a change made with one needs our own Origin as well.
 */
import { failure } from "./result.ts";
import type { Failure } from "./result.ts";

export interface RequestHeaders {
  host: string | undefined;
  origin: string | undefined;
  authorization: string | undefined;
  cookie: string | undefined;
}

export interface Credentials {
  isToken(token: string): boolean;
  isSession(cookies: string): boolean;
}

/** Null when the request came to this node's own address and from its own page or no page. */
export function refusePlace({ host, origin }: RequestHeaders, port: number): Failure | null {
  const address = host?.toLowerCase();
  if (address === undefined || !ownHosts(port).includes(address)) {
    return failure(
      "forbidden",
      `Multichat answers only at http://127.0.0.1:${port}, not under another name.`,
    );
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${address}`) {
    return failure("forbidden", "Another web page may not use Multichat's local API.");
  }
  return null;
}

/** Null when the caller proved who it is. `changes` is false for a request that only asks whether it would be let in. */
export function refuseCaller(
  headers: RequestHeaders,
  credentials: Credentials,
  changes: boolean,
): Failure | null {
  const { authorization, cookie, origin } = headers;
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token !== undefined && credentials.isToken(token)) return null;
    return failure(
      "unauthorized",
      "This token is not valid here. It is kept in the data folder's file `api-token`.",
    );
  }
  if (cookie !== undefined && credentials.isSession(cookie)) {
    if (origin !== undefined || !changes) return null;
    return failure(
      "forbidden",
      "A browser's session may be used only by Multichat's own page: the Origin is missing.",
    );
  }
  return failure(
    "unauthorized",
    "Nobody is signed in. Browsers: run `multichat start`. Programs: send the data folder's `api-token` as a bearer token.",
  );
}

function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}
