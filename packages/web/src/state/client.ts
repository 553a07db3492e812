/** How the app reaches its node; `@multichat/client` in the product, an in-memory stand-in where screens are tried out. */
import type { Client } from "@multichat/client";

export type { Client, ClientState as LinkState } from "@multichat/client";

export interface Backend {
  connect(): Client;
  /** Exchanges the single-use code of the opening link for a session cookie. */
  openSession(code: string): Promise<void>;
}
