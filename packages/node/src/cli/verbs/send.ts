import type { Command } from "commander";
import type { CliHost } from "../host.ts";
import { resolveChannel } from "../resolve.ts";
import { argumentOrStdin } from "../stdin.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

export function addSendVerb(program: Command, host: CliHost): void {
  verb(program, "send", "send a message; done when it is on this device's disk")
    .argument("<space>", "name or id")
    .argument("<channel>", "name or id")
    .argument("<text>", "the message in quotes, or - to read it from stdin")
    .action((space: string, channel: string, given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const target = await resolveChannel(client, space, channel);
        const text = await argumentOrStdin(host, given);
        const { message } = await client.call("message.send", { channel: target.id, text });
        print({ message: { id: message.id } }, `Sent to #${target.name}.`);
      }),
    );
}
