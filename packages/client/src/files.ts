/** The bytes of files between a program and the node (spec/local-api.md, Files). */
import { ClientError } from "./client-error.ts";
import type { Id } from "./contract/index.ts";
import { errorOf } from "./session.ts";

const path = "/api/v1/files";

export interface FileAccess {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** For programs; a browser has its cookie. */
  token?: string;
}

/** Where a file of a message, or its thumbnail, can be had once it is here. */
export function fileAddress({ url }: Pick<FileAccess, "url">, message: Id, blob: Id): string {
  return new URL(`${path}/${blob}?event=${message}`, url).href;
}

/** Hands a file over, for `message.send`. It is read as it goes, not gathered in memory. @throws ClientError */
export async function sendFile(
  access: FileAccess,
  file: Blob,
  signal?: AbortSignal,
): Promise<{ blob: Id; size: number }> {
  const response = await ask(access, new URL(path, access.url).href, {
    method: "POST",
    body: file,
    // A file's own type would make it a form to the browser; the node wants its bytes.
    headers: { "content-type": "application/octet-stream" },
    ...(signal !== undefined && { signal }),
  });
  const { value } = (await response.json()) as { value: { blob: Id; size: number } };
  return value;
}

/** The bytes of a file that is here. @throws ClientError */
export async function readFile(
  access: FileAccess,
  message: Id,
  blob: Id,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await ask(access, fileAddress(access, message, blob), {
    ...(signal !== undefined && { signal }),
  });
  return response.body!;
}

async function ask({ token }: FileAccess, address: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  let response: Response;
  try {
    response = await fetch(address, { ...init, headers, credentials: "same-origin" });
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw new ClientError(
      { code: "not-running", message: "Multichat is not running on this computer." },
      { cause },
    );
  }
  if (!response.ok) throw new ClientError(await errorOf(response));
  return response;
}
