/** What `start` asks of a node that runs, its own or one that was there before. */
import { CliError } from "./cli-error.ts";

/** A page that takes a browser to the node and signs it in, once, within a minute; the code in it is nowhere else. */
export async function openingPage(url: string, token: string): Promise<string> {
  const response = await fetch(new URL("/api/v1/browser-code", url), {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  const body: unknown = await response.json();
  if (isPage(body)) return body.value.page;
  throw new CliError(
    "internal",
    `The node would not let a browser in (status ${response.status}).`,
  );
}

function isPage(body: unknown): body is { value: { page: string } } {
  if (typeof body !== "object" || body === null || !("value" in body)) return false;
  const { value } = body;
  return (
    typeof value === "object" && value !== null && "page" in value && typeof value.page === "string"
  );
}
