import type { CliHost } from "./host.ts";

/** An argument, or all of stdin where it is `-`: other users of a machine can read command lines, but not pipes. */
export async function argumentOrStdin(host: CliHost, argument: string): Promise<string> {
  if (argument !== "-") return argument;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of host.stdin) {
    text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
  }
  // What `echo` and editors add at the end is not part of the text.
  return (text + decoder.decode()).replace(/\r?\n$/, "");
}
