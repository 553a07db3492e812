/**
 * Codes that let one browser in: the address `http://127.0.0.1:PORT/#code` carries one, and the page exchanges it for a
 * cookie. Each works once, for a minute.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "@multichat/core/ports";
import { limits } from "./limits.ts";

export interface BrowserCodes {
  /** `onSpent` is told when the code was used or has expired. */
  create(onSpent?: () => void): string;
  /** True the first time, within the code's lifetime. */
  redeem(code: string): boolean;
  /** Ends all codes. */
  clear(): void;
}

interface IssuedCode {
  expires: number;
  spend(): void;
}

export function createBrowserCodes(clock: Clock): BrowserCodes {
  // Looked up as a Map key: with 256 random bits, how long a wrong guess takes tells nothing useful.
  const issued = new Map<string, IssuedCode>();

  return {
    create(onSpent = () => undefined) {
      const code = randomBytes(32).toString("base64url");
      const cancel = clock.after(limits.browserCodeLifetime, () => issued.get(code)?.spend());
      issued.set(code, {
        expires: clock.now() + limits.browserCodeLifetime,
        spend() {
          cancel();
          issued.delete(code);
          onSpent();
        },
      });
      return code;
    },
    redeem(code) {
      const found = issued.get(code);
      found?.spend();
      // Timers stand still while the machine sleeps, so the time is looked at as well.
      return found !== undefined && clock.now() < found.expires;
    },
    clear() {
      for (const code of issued.values()) code.spend();
    },
  };
}
