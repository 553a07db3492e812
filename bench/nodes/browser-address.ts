import type { BenchNode } from "./bench-node.ts";

/** A fresh address that signs a browser in. */
export async function browserAddress({ access }: BenchNode): Promise<string> {
  const answer = await fetch(`${access.url}/api/v1/browser-code`, {
    method: "POST",
    headers: { authorization: `Bearer ${access.token}` },
  });
  const { value } = (await answer.json()) as { value: { code: string } };
  return `${access.url}/#${value.code}`;
}
