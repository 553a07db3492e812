/**
 * A browser's session: a cookie that names when it was issued, authenticated with a key made from the node's token. The
 * node keeps no list, so sessions outlive restarts; a new token ends them all. The cookie's name tells apart the nodes of
 * one machine, which share a host and therefore a cookie jar.
 */
import { createHash, createHmac } from "node:crypto";
import type { Clock } from "@multichat/core/ports";
import { limits } from "./limits.ts";
import { sameSecret } from "./same-secret.ts";

export interface SessionCookies {
  /** A `Set-Cookie` value. */
  issue(): string;
  /** Whether a `Cookie` header holds a session of this node. */
  isSession: (cookies: string) => boolean;
}

/** The same for the same data folder, whatever the port. */
export function sessionCookieName(dataDir: string): string {
  return `multichat-${createHash("sha256").update(dataDir).digest("hex").slice(0, 8)}`;
}

export function createSessionCookies(clock: Clock, name: string, token: string): SessionCookies {
  const sign = (issued: string): string =>
    createHmac("sha256", token).update(`multichat/session/${name}/${issued}`).digest("base64url");

  return {
    issue() {
      const issued = String(clock.now());
      const age = limits.sessionLifetime / 1_000;
      return `${name}=${issued}.${sign(issued)}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict`;
    },
    isSession(cookies) {
      for (const cookie of cookies.split(";")) {
        const [key, value] = cookie.trim().split("=", 2);
        if (key !== name || value === undefined) continue;
        const [issued = "", signature = ""] = value.split(".", 2);
        if (!sameSecret(signature, sign(issued))) continue;
        return clock.now() < Number(issued) + limits.sessionLifetime;
      }
      return false;
    },
  };
}
