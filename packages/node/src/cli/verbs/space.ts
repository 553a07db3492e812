import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { refuseUnreadable, resolveSpace } from "../resolve.ts";
import { plural } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { addSpacePolicies } from "./space-policies.ts";

const wholeId = /^[0-9a-f]{64}$/;

export function addSpaceVerbs(program: Command, host: CliHost): void {
  const space = program.command("space").description("workspaces");

  verb(space, "create", "create a workspace with a #general channel")
    .argument("<name>", "what it is called")
    .action((name: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const created = (await client.call("space.create", { name })).space;
        print({ space: { id: created.id, name: created.name } }, `Created ${created.name}.`);
      }),
    );

  verb(space, "list", "list your workspaces").action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print, hint }) => {
      const { spaces: all } = await client.call("space.list", {});
      if (all.length === 0) await refuseUnreadable(client);
      // Private channels are in their workspace's list of channels, but for guests, who have no other way to them.
      const spaces = all.filter(({ kind, parent }) => kind === "team" || (kind === "private" && !all.some(({ id }) => id === parent?.id)));
      const rows = spaces.map(({ id, name, members, unread }) => [
        name,
        plural(members, "member"),
        unread === 0 ? "" : `${unread} unread`,
        id.slice(0, 12),
      ]);
      print(
        { spaces: spaces.map(({ id, name, members, unread, kind }) => ({ id, name, members, unread, kind })) },
        spaces.length === 0
          ? `No workspaces yet: ${hint("multichat space create NAME")}, or ${hint("multichat join -")}`
          : columns(rows),
      );
    }),
  );

  addSpacePolicies(space, host);

  verb(space, "leave", "leave a workspace")
    .argument("<space>", "name or id")
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print, hint }) => {
        const { id, name, members } = await resolveSpace(client, given);
        await client.call("space.leave", { space: id });
        // Where nobody else is in it, nothing of it stays.
        const kept = members > 1 ? ` What was in it stays on this computer. To remove that, after which it cannot be joined again from here: ${hint(`multichat space forget ${id}`)}` : "";
        print({ space: { id, name } }, `You have left ${name}.${kept}`);
      }),
    );

  verb(space, "forget", "leave a workspace if need be, and remove all of it from this computer, where it cannot be joined again")
    .argument("<space>", "name or id; the whole id of one that was left")
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        // One that was left is in no list any more.
        const { id, name } = await resolveSpace(client, given).catch((error: unknown) => {
          if (!wholeId.test(given) || !(error instanceof CliError) || error.code !== "not-found") throw error;
          return { id: given, name: "" };
        });
        await client.call("space.forget", { space: id });
        print({ space: { id, name } }, `${name || "It"} is forgotten here. Its other members keep what you wrote.`);
      }),
    );
}
