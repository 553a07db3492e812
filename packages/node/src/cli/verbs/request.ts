import type { Client } from "@multichat/client";
import type { MessageRequest } from "@multichat/client/contract";
import type { Command } from "commander";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { pick } from "../resolve.ts";
import { plural, relativeTime } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

interface DeclineOptions extends VerbOptions {
  block?: true;
}

const requestHelp = "the request's id or its beginning, or the name of who sent it";

export function addRequestVerbs(program: Command, host: CliHost): void {
  const request = program.command("request").description("messages from people you share nothing with");

  verb(request, "list", "list the requests that wait; nobody is told that you have seen them").action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print }) => {
      const { requests } = await client.call("request.list", {});
      const rows = requests.map(({ id, from, people, introducedBy, at }) => [
        from.name,
        people > 2 ? plural(people, "person").replace("persons", "people") : "",
        introducedBy === null ? "" : `introduced by ${introducedBy.name}`,
        relativeTime(at, host.now()),
        id.slice(0, 12),
      ]);
      print({ requests }, requests.length === 0 ? "No requests." : columns(rows));
    }),
  );

  verb(request, "accept", "begin the conversation")
    .argument("<request>", requestHelp)
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const { id, from } = await resolveRequest(client, given);
        const { space } = await client.call("request.accept", { request: id });
        print({ space: { id: space } }, `Accepted. The conversation with ${from.name} appears when they are reached.`);
      }),
    );

  verb(request, "decline", "put it away; nobody is told")
    .argument("<request>", requestHelp)
    .option("--block", "and take nothing from them any more")
    .action((given: string, options: DeclineOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const { id, from } = await resolveRequest(client, given);
        await client.call("request.decline", { request: id, ...(options.block ? { block: true } : {}) });
        print({ request: { id } }, options.block ? `Declined, and ${from.name} is blocked.` : "Declined.");
      }),
    );
}

async function resolveRequest(client: Client, given: string): Promise<MessageRequest> {
  const { requests } = await client.call("request.list", {});
  return pick("request", requests.map((one) => ({ ...one, name: one.from.name })), given);
}
