/** The commands that need an account, each a few lines over the account node's services (spec/local-api.md, Commands). */
import { type BlobStore, type ControlState, type Permission, type Role, grantsAt, inviteSeed, may, plainName, threadOf } from "@multichat/core";
import type { Clock, Crypto, Random, Store } from "@multichat/core/ports";
import type { CommandName, Commands } from "@multichat/client/contract";
import {
  type ChannelId,
  type ControlKind,
  type ControlPayload,
  type EventId,
  type InviteLink,
  encodeInviteLink,
  limits,
  parseEventId,
} from "@multichat/protocol";
import type { AccountNode } from "./account-node-port.ts";
import { createAdoptingCommands } from "./governing/adopting.ts";
import { createAuditCommands } from "./governing/audit.ts";
import { createChannelCommands } from "./governing/channel-commands.ts";
import { createCleanUpCommands } from "./governing/clean-up.ts";
import { createScope } from "./command-scope.ts";
import { createDeviceCommands } from "./accounts/commands.ts";
import { Failure } from "./failure.ts";
import type { ExportFiles } from "../import/imported.ts";
import { foundTeam } from "./joining/founding.ts";
import { createJoinRequestCommands } from "./joining/join-requests.ts";
import { createFileCommands } from "./files/commands.ts";
import { createContentCommands } from "./conversation/content-commands.ts";
import { createExpiredCommands } from "./conversation/expired-commands.ts";
import { createImportCommands } from "./importing/import-commands.ts";
import { createMessageCommands } from "./conversation/message-commands.ts";
import { createModerationCommands } from "./governing/moderation.ts";
import { createNotificationCommands } from "./notifications/commands.ts";
import { createOwnershipCommands } from "./governing/ownership.ts";
import { parsePosition } from "./conversation/present.ts";
import type { Listener, Watched } from "./conversation/pushes.ts";
import { createSendLater } from "./conversation/scheduled.ts";
import { createSending } from "./conversation/sending.ts";
import { createRootSigning } from "./governing/root-signing.ts";
import { rolesInUse } from "./governing/role-order.ts";
import { createPresenceCommands } from "./presence/commands.ts";
import { createRoleCommands } from "./governing/roles.ts";
import type { Space } from "./joining/spaces.ts";
import { createPrivateCommands } from "./private/commands.ts";
import { createTrustCommands } from "./trust/commands.ts";
import { createSearchCommands } from "./search/commands.ts";
import type { AccountKeys, DeviceKeys } from "./vault.ts";

/** Other members' devices named in an invite link beside this one: enough that somebody is online, short enough for a QR code. */
const linkPeers = 4;
const linkAddresses = 4;

export type Handlers = { [C in CommandName]?: (params: Commands[C][0], listener: Listener) => Commands[C][1] };

export interface CommandDeps {
  node: AccountNode;
  store: Store;
  crypto: Crypto;
  random: Random;
  clock: Clock;
  device: DeviceKeys;
  account: AccountKeys;
  exports: ExportFiles;
  blobs: BlobStore;
  now(): number;
  /** False once the node stops. */
  running(): boolean;
  log(event: string, detail?: Record<string, string | number>): void;
  /** This device's own dialable addresses. */
  addresses(): string[];
}

export function createCommands(deps: CommandDeps) {
  const { node, store, crypto, account, device } = deps;

  const scope = createScope({ node, account: account.id, now: deps.now });
  const signing = createRootSigning(scope, crypto);
  const sending = createSending(scope, store);
  const later = createSendLater({
    store, clock: deps.clock, random: deps.random, now: deps.now,
    guarded: node.guarded,
    check: sending.check,
    changed: (waiting) => node.pushes.say({ push: "scheduled", data: { scheduled: waiting } }),
    send(message) {
      const [sent] = sending.send(message.channel, [message]);
      if (sent instanceof Failure) throw sent;
      return sent!.message;
    },
    showAgain: ({ space: id, id: event }) => node.showAgain(scope.space(id), [event as EventId]),
  });
  const { space } = scope;

  function stateOf(found: Space): ControlState {
    return found.replica.state()!;
  }

  function require(found: Space, permission: Permission, channel?: ChannelId): void {
    const answer = may(stateOf(found), account.id, permission, { channel, at: deps.now() });
    if (!answer.allowed) throw new Failure("not-allowed", answer.why);
  }

  function control<K extends ControlKind>(found: Space, kind: K, payload: ControlPayload<K>): EventId {
    const { events, received } = node.author.control(found, kind, payload);
    node.wrote(found, received);
    return events[0]!.id;
  }

  /** The role a new member gets unless another is named: Member, or the most senior one that one may give. */
  function inviteRole(found: Space, name: string | undefined): Role {
    const state = stateOf(found);
    const [mine] = grantsAt(found.replica.log, state, found.replica.log.heads(), account.id);
    const roles = rolesInUse(state);
    const junior = roles.filter((role) => mine !== undefined && role.rank > mine.role.rank);
    if (name === undefined) {
      const usual = junior.find((role) => role.name === "Member") ?? junior[0];
      if (usual === undefined) throw new Failure("not-allowed", "There is no role below yours to invite to.");
      return usual;
    }
    const wanted = roles.find((role) => role.name.toLowerCase() === name.toLowerCase());
    if (wanted === undefined) throw new Failure("not-found", `There is no role "${name}" here. Roles: ${roles.map((role) => plainName(role.name)).join(", ")}.`);
    if (!junior.includes(wanted)) throw new Failure("not-allowed", `You can invite only to roles below your own; ${wanted.name} is not.`);
    return wanted;
  }

  function makeLink(found: Space, invite: EventId, secret: Uint8Array): string {
    const connected = node.peers().filter((peer) => peer.connected && peer.spaces.includes(found.id));
    const others = [...stateOf(found).devices.keys()]
      .filter((other) => other !== device.id && connected.length > 0)
      .map((other) => ({ device: other, addresses: node.addressesOf(other).slice(0, linkAddresses) }))
      .filter(({ addresses }) => addresses.length > 0)
      .slice(0, linkPeers);
    const link: InviteLink = {
      space: found.id,
      heads: found.replica.log.heads().slice(0, limits.heads),
      invite,
      secret,
      peers: [{ device: device.id, addresses: deps.addresses().slice(0, limits.inviteAddresses) }, ...others],
      spaceName: String(stateOf(found).policies.get("name") ?? "Workspace").slice(0, limits.name),
      inviterName: (node.people.nameOf(account.id).chosen ?? account.name).slice(0, limits.name),
    };
    const sha256 = (bytes: Uint8Array): Uint8Array => crypto.sha256(bytes);
    let text = encodeInviteLink(link, sha256);
    while (text.length > limits.inviteLink && link.peers.length > 1) {
      link.peers.pop();
      text = encodeInviteLink(link, sha256);
    }
    return text;
  }

  const handlers = {
    ...createPrivateCommands({ node, store, crypto, random: deps.random, device, account, now: deps.now }),
    ...createPresenceCommands(scope, store),
    ...createRoleCommands(scope),
    ...createChannelCommands(scope),
    ...createModerationCommands(scope),
    ...createAuditCommands(scope, node.governance.audit),
    ...createAdoptingCommands(scope, node.governance.audit),
    ...createCleanUpCommands(scope, store),
    ...createMessageCommands(scope, store, node.governance.reports),
    ...createContentCommands(scope, store, sending),
    ...createExpiredCommands(scope, store),
    ...later.handlers,
    ...createSearchCommands(scope, store, node.index),
    ...createFileCommands(scope, store),
    ...createImportCommands(scope, deps),
    ...createJoinRequestCommands(scope, node.governance.requests, { answer: node.answer }),
    ...createOwnershipCommands(scope, crypto, signing),
    ...createNotificationCommands(scope, { store, crypto }),
    ...createTrustCommands({ node, crypto, account: account.id, now: deps.now }),
    "space.create": ({ name }) => {
      const stopped = node.stopped();
      if (stopped !== null) throw new Failure("device-stopped", stopped);
      const founding = foundTeam(deps, { device, account, identity: node.logs.own.state(), now: deps.now() }, name);
      const made = store.transaction(() => {
        const added = node.spaces.add({ id: founding.id, secret: founding.secret, state: "member", joinedAt: deps.now() }, false);
        const received = added.replica.receive(founding.begin, deps.now(), "self");
        node.wrote(added, received);
        node.wrote(added, node.author.write(added, founding.id, founding.drafts).received);
        return added;
      });
      node.self.publish();
      return { space: node.present.space(made)! };
    },
    "space.list": () => ({ spaces: [...node.spaces.all()].map(node.present.space).filter((found) => found !== null) }),
    "space.leave": ({ space: id }) => {
      node.leave(space(id));
      return {};
    },
    "channel.create": ({ space: id, name, topic, type = "text" }) => {
      const found = space(id);
      require(found, "manage-channels");
      const clean = name.replace(/^#/, "").trim();
      for (const other of stateOf(found).channels.values()) {
        if (other.name.toLowerCase() === clean.toLowerCase()) throw new Failure("ambiguous", `There already is a channel #${other.name}.`);
      }
      const channel = control(found, "channel.create", { name: clean, type }) as ChannelId;
      if (topic !== undefined && topic !== "") setTopic(found, channel, topic);
      return { channel: node.present.channel(found, channel)! };
    },
    "channel.list": ({ space: id }) => ({ channels: node.present.channels(scope.readable(id)) }),
    "channel.topic": ({ channel: id, topic }) => {
      const { space: found, channel } = scope.channel(id);
      require(found, "manage-channels", channel);
      setTopic(found, channel, topic);
      return { channel: node.present.channel(found, channel)! };
    },
    "member.list": ({ space: id }) => ({ members: node.present.members(scope.readable(id)) }),
    "invite.create": ({ space: id, role, expiresIn, uses }) => {
      const found = space(id);
      require(found, "invite");
      const chosen = inviteRole(found, role);
      const secret = deps.random.bytes(32);
      const key = crypto.publicKey(inviteSeed(crypto, secret));
      const expires = expiresIn === undefined || expiresIn === 0 ? 0 : Math.floor(deps.now() + expiresIn);
      const invite = control(found, "invite.create", { role: chosen.id, key, expires, max: uses ?? 0 });
      const link = makeLink(found, invite, secret);
      store.transaction(() => store.putSetting(`invite-link/${invite}`, link));
      return { invite: node.present.invite(stateOf(found).invites.get(invite)!), link };
    },
    "invite.list": ({ space: id }) => ({ invites: node.present.invites(space(id)) }),
    "invite.revoke": ({ space: id, invite }) => {
      const found = space(id);
      const known = stateOf(found).invites.get(invite as EventId);
      if (known === undefined) throw new Failure("not-found", "There is no such invite here.");
      if (known.createdBy !== account.id) require(found, "manage-space");
      if (!known.revoked) control(found, "invite.revoke", { invite: known.id });
      return { invite: node.present.invite(stateOf(found).invites.get(known.id)!) };
    },
    "invite.preview": ({ link }) => ({ preview: node.joins.preview(link) }),
    "join.start": ({ link }) => ({ join: node.joins.start(link) }),
    "join.list": () => ({ joins: node.joins.list() }),
    "join.cancel": ({ join }) => {
      node.joins.cancel(join);
      return {};
    },
    "message.list": ({ channel: id, thread, before, after, limit = 50 }) => {
      const { space: found, channel } = scope.readableChannel(id);
      const timeline = timelineOf(channel, thread);
      const bound = before === undefined ? (after === undefined ? {} : { after: position(after) }) : { before: position(before) };
      const rows = store.timeline(timeline, bound, limit + 1);
      const more = rows.length > limit;
      const page = "after" in bound ? rows.slice(0, limit) : rows.slice(-limit);
      return {
        messages: page.map((row) => node.present.message(found, row)),
        hasOlder: "after" in bound ? true : more,
        hasNewer: "after" in bound ? more : "before" in bound,
      };
    },
    "message.delivery": ({ message }) => {
      const event = store.event(eventId(message));
      const found = event === null ? null : node.spaces.get(event.space);
      if (event === null || found === null) throw new Failure("not-found", "There is no such message here.");
      return { delivery: node.marks.detail(found, event) };
    },
    "read.mark": ({ channel: id, thread, message }) => {
      const { space: found, channel } = scope.readableChannel(id);
      const timeline = timelineOf(channel, thread);
      const entry = store.timelineEntries(eventId(message)).find((one) => one.channel === timeline);
      if (entry === undefined) throw new Failure("not-found", "There is no such message in this channel.");
      node.reading.mark(timeline, entry);
      node.presence.receipts.read(found, timeline);
      // How much of its thread is unread stands beside a message.
      if (thread !== undefined) node.showAgain(found, [eventId(thread)]);
      node.pushes.markChannel(found.id, channel);
      return { channel: node.present.channel(found, channel)! };
    },
    "peer.list": () => ({ peers: node.peers() }),
    watch: ({ channels, threads = [] }, listener) => {
      const ofThreads = threads.flatMap((thread): [ChannelId, Watched][] => {
        const root = store.event(eventId(thread));
        return root === null ? [] : [[threadOf(crypto, root.id), { channel: root.channel, thread: root.id }]];
      });
      listener.watching = new Map([...channels.map((channel): [ChannelId, Watched] => [channel as ChannelId, { channel: channel as ChannelId, thread: null }]), ...ofThreads]);
      return {};
    },
  } satisfies Handlers;

  function setTopic(found: Space, channel: ChannelId, topic: string): void {
    control(found, "channel.set", { channel, key: "topic", value: topic });
  }

  /** The channel's own timeline, or that of the thread on a message of it. */
  function timelineOf(channel: ChannelId, thread: string | undefined): ChannelId {
    if (thread === undefined) return channel;
    const root = eventId(thread);
    if (store.event(root)?.channel !== channel) throw new Failure("not-found", "There is no such message in this channel.");
    return threadOf(crypto, root);
  }

  function eventId(text: string): EventId {
    const id = parseEventId(text);
    if (id === null) throw new Failure("bad-request", "That is not a message id.");
    return id;
  }

  function position(text: string): { time: bigint; id: EventId } {
    const parsed = parsePosition(text);
    if (parsed === null) throw new Failure("bad-request", "That is not a position in a channel.");
    return parsed;
  }

  return { handlers: { ...(handlers as Handlers), ...createDeviceCommands(node, signing) }, send: sending.send, later };
}
