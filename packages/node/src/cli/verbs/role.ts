import type { Client } from "@multichat/client";
import type { Role, Space } from "@multichat/client/contract";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { pick, resolveSpace } from "../resolve.ts";
import { plural } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { checkPermissions, permissionList } from "../permissions.ts";

interface RoleOptions extends VerbOptions {
  colour?: string;
  allow?: string[];
  deny?: string[];
  name?: string;
  below?: string;
  override?: true;
}

export async function resolveRole(client: Client, space: Space, given: string): Promise<Role> {
  return pick("role", (await client.call("role.list", { space: space.id })).roles, given);
}

export function addRoleVerbs(program: Command, host: CliHost): void {
  const role = program.command("role").description("the roles of a workspace");

  verb(role, "list", "list the roles, most senior first")
    .argument("<space>", "name or id")
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { roles } = await client.call("role.list", { space: space.id });
        const rows = roles.map((one) => [one.name, plural(one.members, "member"), one.id.slice(0, 12), one.permissions.join(" ")]);
        print({ roles }, columns(rows));
      }),
    );

  verb(role, "create", "make a role below your own")
    .argument("<space>", "name or id")
    .argument("<name>", "what it is called")
    .option("--allow <permissions>", "what it allows, with commas between, as send,pin,kick", permissionList)
    .option("--colour <colour>", "as #3366ff")
    .option("--below <role>", "the role right above it (default: below all)")
    .action((given: string, name: string, { allow = [], colour, below, ...options }: RoleOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        checkPermissions(space, allow);
        const { role: made } = await client.call("role.create", {
          space: space.id,
          name,
          permissions: allow,
          ...(colour === undefined ? {} : { colour }),
          ...(below === undefined ? {} : { below: (await resolveRole(client, space, below)).id }),
        });
        print({ role: made }, `Created the role ${made.name} in ${space.name}.`);
      }),
    );

  verb(role, "set", "change a role below your own")
    .argument("<space>", "name or id")
    .argument("<role>", "name or id")
    .option("--allow <permissions>", "what it allows from now on, with commas between, as send,pin,kick", permissionList)
    .option("--deny <permissions>", "what it no longer allows", permissionList)
    .option("--name <name>", "another name")
    .option("--colour <colour>", 'as #3366ff, or "" for none')
    .option("--below <role>", "move it to right below this one")
    .option("--override", "though this node has not heard from other members lately")
    .action((given: string, roleGiven: string, { allow, deny, name, colour, below, override, ...options }: RoleOptions) =>
      withNode(host, options, async ({ client, print }) => {
        if ([allow, deny, name, colour, below].every((one) => one === undefined)) throw new CliError("bad-request", "Say what to change: --allow, --deny, --name, --colour or --below.");
        const space = await resolveSpace(client, given);
        checkPermissions(space, [...(allow ?? []), ...(deny ?? [])]);
        const found = await resolveRole(client, space, roleGiven);
        const all = override ? { override } : {};
        let { role: changed } = await client.call("role.set", {
          space: space.id,
          role: found.id,
          ...(allow === undefined ? {} : { on: allow }),
          ...(deny === undefined ? {} : { off: deny }),
          ...(name === undefined ? {} : { name }),
          ...(colour === undefined ? {} : { colour }),
          ...all,
        });
        if (below !== undefined) {
          const above = await resolveRole(client, space, below);
          ({ role: changed } = await client.call("role.move", { space: space.id, role: found.id, below: above.id, ...all }));
        }
        print({ role: changed }, `Changed the role ${changed.name}.`);
      }),
    );
}
