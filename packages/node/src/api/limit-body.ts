/**
 * Keeps requests of any length out of memory. Hono has the same, but makes a request whose length is not said anew from the one that its
 * server for Node made, which Node's own `Request` does not take.
 */
import type { Context, MiddlewareHandler } from "hono";

/** Answers with `refused` where the body has more bytes than this. */
export function limitBody(bytes: number, refused: (context: Context) => Response): MiddlewareHandler {
  return async (context, next) => {
    const { raw } = context.req;
    if (raw.body === null) return next();
    const said = raw.headers.get("content-length");
    if (said !== null && !raw.headers.has("transfer-encoding")) return Number(said) > bytes ? refused(context) : next();
    const { method, url, headers } = raw;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of raw.body) {
      size += chunk.length;
      if (size > bytes) return refused(context);
      chunks.push(chunk);
    }
    context.req.raw = new Request(url, { method, headers, body: Buffer.concat(chunks) });
    return next();
  };
}
