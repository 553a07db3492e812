/** A small team in which everybody has one device and knows all that was written so far: where the attacks begin. */
import { type ContentJudgement, type ControlState, type Permission, judgeContent, resolve } from "@multichat/core";
import type { AccountId, ControlKind, ControlPayload, EventId } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { fakeCrypto } from "../permissions-fuzz/fake-crypto.ts";
import { type Link, invite, join } from "../permissions-fuzz/people.ts";
import { type Account, type Device, type Message, type RoleKind, type WriteOptions, World, nothing, roleKinds } from "../permissions-fuzz/world.ts";

export { nothing } from "../permissions-fuzz/world.ts";

export interface Somebody {
  id: AccountId;
  account: Account;
  device: Device;
  grant: EventId;
}

export class Team {
  readonly world: World;
  readonly ada: Somebody;
  readonly general: EventId;

  constructor(name: string) {
    this.world = new World(createSeededRandom(`attacks/${name}`));
    const { founder, founderGrant: grant } = this.world;
    this.ada = { id: founder.id, account: founder, device: founder.devices[0]!, grant };
    for (const [role, { rank, permissions }] of Object.entries(roleKinds)) {
      this.world.roles[role as RoleKind] = this.write(this.ada, "role.create", { rank, name: role, colour: "", permissions });
    }
    this.general = this.write(this.ada, "channel.create", { name: "general", type: "text" });
  }

  get heads(): EventId[] {
    return this.world.log.heads();
  }

  /** On top of all that is held, unless `heads` says otherwise; under its author's own grant. */
  write<K extends ControlKind>(by: Somebody, kind: K, payload: ControlPayload<K>, options: WriteOptions = {}): EventId {
    return this.world.write(by.device, kind, payload, { auth: by.grant, heads: this.heads, ...options });
  }

  grant(by: Somebody, to: Account, role: RoleKind, options: WriteOptions = {}): EventId {
    return this.write(by, "grant", { account: to.id, role: this.world.roles[role] }, options);
  }

  /** A new member, let in by the owner. */
  member(name: string, role: RoleKind): Somebody {
    const account = this.world.account(name);
    const grant = this.grant(this.ada, account, role);
    const device = account.devices[0]!;
    this.bind(device);
    return { id: account.id, account, device, grant };
  }

  /** The device binds itself. */
  bind(device: Device, heads: readonly EventId[] = this.heads): EventId {
    const { certificate, acceptance } = device.certified;
    return this.world.write(device, "device.bind", { account: device.owner.id, device: device.id, by: device.id, certificate, acceptance }, { heads });
  }

  invite(by: Somebody, role: RoleKind, heads: readonly EventId[] = this.heads): Link {
    return invite(this.world, by.device, by.grant, this.world.roles[role], roleKinds[role].rank, heads);
  }

  /** Answers the admission. */
  letIn(account: Account, link: Link, admitter: Somebody, heads: readonly EventId[] = this.heads): EventId {
    const asked = join(this.world, account.devices[0]!, link, heads);
    return this.write(admitter, "admit", { join: asked, invite: link.invite }, { auth: nothing, heads: [asked] });
  }

  remove(by: Somebody, who: Somebody, options: WriteOptions = {}): EventId {
    return this.write(by, "remove", { account: who.id }, options);
  }

  cut(by: Somebody, kind: "cut" | "fence", cause: EventId, places: [Device, number][], rest = false): EventId {
    return this.write(by, kind, { cause, channel: this.general as never, devices: places.map(([{ id }, seq]) => [id, seq, nothing]), rest });
  }

  message(by: Somebody, heads: readonly EventId[] = this.heads): Message {
    return this.world.message(by.device, this.general as never, by.grant, heads);
  }

  state(): ControlState {
    return resolve(fakeCrypto, this.world.log)!;
  }

  /** Why an event has no effect; undefined if it has. */
  why(event: EventId): string | undefined {
    return this.state().void.get(event);
  }

  stands(event: EventId): boolean {
    return this.why(event) === undefined;
  }

  isMember({ id }: { id: AccountId }): boolean {
    return this.state().members.has(id);
  }

  /** Of content that came after all that is held, or before it. */
  judge({ header }: Message, came: "after" | "before" = "after", permission: Permission = "send"): ContentJudgement {
    return judgeContent(this.world.log, this.state(), header, [[permission]], { after: () => came === "after", leadsTo: () => true });
  }
}
