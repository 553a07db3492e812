import { Command } from "commander";
import { version } from "../version.ts";
import type { CliHost } from "./host.ts";
import { addAccountVerbs } from "./verbs/account.ts";
import { addAuditVerb } from "./verbs/audit.ts";
import { addChannelVerbs } from "./verbs/channel.ts";
import { addContactVerbs } from "./verbs/contact.ts";
import { addDeviceVerbs } from "./verbs/device.ts";
import { addDirectVerb } from "./verbs/dm.ts";
import { addFilesVerbs } from "./verbs/files.ts";
import { addDoctorVerb } from "./verbs/doctor.ts";
import { addExportVerb } from "./verbs/export.ts";
import { addImportVerb } from "./verbs/import.ts";
import { addInviteVerbs } from "./verbs/invite.ts";
import { addJoinVerb } from "./verbs/join.ts";
import { addMayVerb } from "./verbs/may.ts";
import { addMemberVerbs } from "./verbs/member.ts";
import { addKeysVerbs } from "./verbs/keys.ts";
import { addNotifyVerbs } from "./verbs/notify.ts";
import { addOwnerVerbs } from "./verbs/owner.ts";
import { addPeersVerb } from "./verbs/peers.ts";
import { addMessageVerbs } from "./verbs/message.ts";
import { addPresenceVerbs } from "./verbs/presence.ts";
import { addReadVerb } from "./verbs/read.ts";
import { addRequestVerbs } from "./verbs/request.ts";
import { addReportVerbs } from "./verbs/report.ts";
import { addRoleVerbs } from "./verbs/role.ts";
import { addSearchVerb } from "./verbs/search.ts";
import { addSendVerb } from "./verbs/send.ts";
import { addSpaceVerbs } from "./verbs/space.ts";
import { addStartVerb } from "./verbs/start.ts";
import { addStatusVerb } from "./verbs/status.ts";
import { addTailVerb } from "./verbs/tail.ts";

/** The whole command line (spec/cli.md), in the order of its help. */
export function createProgram(host: CliHost, writeUsageError: (text: string) => void): Command {
  const program = new Command("multichat")
    .description("Chat without a server: every person runs their own")
    .version(version, "--version", "show the version")
    .helpOption("-h, --help", "explain a command")
    .helpCommand("help [command...]", "explain a command")
    .exitOverride()
    .configureOutput({ writeOut: (text) => host.stdout.write(text), writeErr: writeUsageError });
  addStartVerb(program, host);
  addStatusVerb(program, host);
  addAccountVerbs(program, host);
  addDeviceVerbs(program, host);
  addKeysVerbs(program, host);
  addSpaceVerbs(program, host);
  addChannelVerbs(program, host);
  addInviteVerbs(program, host);
  addRoleVerbs(program, host);
  addMemberVerbs(program, host);
  addOwnerVerbs(program, host);
  addMayVerb(program, host);
  addAuditVerb(program, host);
  addReportVerbs(program, host);
  addContactVerbs(program, host);
  addJoinVerb(program, host);
  addSendVerb(program, host);
  addReadVerb(program, host);
  addTailVerb(program, host);
  addMessageVerbs(program, host);
  addSearchVerb(program, host);
  addFilesVerbs(program, host);
  addExportVerb(program, host);
  addImportVerb(program, host);
  addDirectVerb(program, host);
  addRequestVerbs(program, host);
  addPresenceVerbs(program, host);
  addNotifyVerbs(program, host);
  addPeersVerb(program, host);
  addDoctorVerb(program, host);
  return program;
}
