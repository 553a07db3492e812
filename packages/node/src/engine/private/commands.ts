/** The commands about private channels, direct conversations and requests (spec/local-api.md). */
import { type Permission, may } from "@multichat/core";
import type { Crypto, Random, Store } from "@multichat/core/ports";
import type { PrivatePlace } from "@multichat/client/contract";
import { type AccountId, type ChannelId, type SpaceId, limits } from "@multichat/protocol";
import type { AccountNode } from "../account-node-port.ts";
import { draft } from "../conversation/author.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import type { Founder } from "../joining/founding.ts";
import { type FoundingInSteps, foundDirect, foundPrivate, privateRole } from "./founding.ts";
import { kindOf } from "./spaces.ts";
import type { Space } from "../joining/spaces.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

const seenNotice = "What was written in this channel was seen by all members already, and stays readable to them in the archived channel.";

export function createPrivateCommands(deps: { node: AccountNode; store: Store; crypto: Crypto; random: Random; device: DeviceKeys; account: AccountKeys; now(): number }) {
  const { node, store, device, account } = deps;
  const { direct, offers, privateSpaces, requests } = node.privates;

  function founder(): Founder {
    const stopped = node.stopped();
    if (stopped !== null) throw new Failure("device-stopped", stopped);
    return { device, account, identity: node.logs.own.state(), now: deps.now() };
  }

  function here(id: string, kind: "team" | "private" | "direct"): Space {
    const space = node.spaces.get(id as SpaceId);
    const what = { team: "workspace", private: "private channel", direct: "conversation" }[kind];
    if (space === null || space.row.state !== "member" || kindOf(space) !== kind) throw new Failure("not-found", `There is no such ${what} here.`);
    return space;
  }

  function require(space: Space, permission: Permission, channel?: ChannelId): void {
    const answer = may(space.replica.state()!, account.id, permission, { channel, at: deps.now() });
    if (!answer.allowed) throw new Failure("not-allowed", answer.why);
  }

  function place(space: Space): PrivatePlace {
    const [channel] = node.present.channels(space);
    return { space: node.present.space(space)!, channel: channel! };
  }

  function make(founding: FoundingInSteps): Space {
    const made = store.transaction(() => {
      const added = node.spaces.add({ id: founding.id, secret: founding.secret, state: "member", joinedAt: deps.now() }, false);
      node.wrote(added, added.replica.receive(founding.begin, deps.now(), "self"));
      node.wrote(added, node.author.write(added, founding.id, founding.drafts).received);
      const role = [...added.replica.state()!.roles.values()].find(({ name }) => name === founding.role)!;
      node.wrote(added, node.author.write(added, founding.id, founding.withRole(role.id)).received);
      return added;
    });
    node.self.publish();
    offers.settle();
    return made;
  }

  /** Others, each once. */
  function others(accounts: readonly string[]): AccountId[] {
    return [...new Set(accounts as AccountId[])].filter((other) => other !== account.id);
  }

  function known(accounts: readonly string[]): AccountId[] {
    const found = others(accounts);
    for (const other of found) {
      if (!node.trust.identities.isKnown(other) && !offers.isReachable(other)) throw new Failure("not-found", "There is nobody here with this id.");
      if (node.trust.book.blocked(other)) throw new Failure("not-allowed", `You have blocked ${node.people.person(other).name}.`);
    }
    if (found.length === 0) throw new Failure("bad-request", "A conversation needs somebody else.");
    return found;
  }

  function members(workspace: Space, accounts: readonly string[]): AccountId[] {
    const found = others(accounts);
    for (const other of found) {
      if (!workspace.replica.state()!.members.has(other)) throw new Failure("not-found", "A private channel is for members of its workspace. Invite others as guests, by a link.");
    }
    return found;
  }

  function open(accounts: readonly AccountId[]): Space {
    const people = [account.id, ...accounts];
    if (people.length > limits.offerPeople) throw new Failure("bad-request", `At most ${limits.offerPeople} people can be in one conversation.`);
    return direct.find(people) ?? make(foundDirect(deps, founder(), accounts));
  }

  function add(space: Space, accounts: readonly AccountId[]): void {
    node.wrote(space, direct.add(space, accounts).received);
    offers.settle();
  }

  function create(workspace: Space, wanted: { name: string; topic: string; members: readonly AccountId[]; showParent: boolean }): Space {
    const state = workspace.replica.state()!;
    const { name } = wanted;
    const same = privateSpaces.childrenOf(workspace).some((child) => child.replica.state()!.policies.get("name") === name);
    if (same) throw new Failure("ambiguous", `There already is a private channel #${name}.`);
    const parentName = wanted.showParent ? String(state.policies.get("name") ?? "") : null;
    const parent = { id: workspace.id, rootKeys: state.genesis.root[0], name: parentName };
    const made = make(foundPrivate(deps, founder(), { name, parent, members: wanted.members }));
    const [channel] = made.replica.state()!.channels.keys();
    if (wanted.topic !== "") node.wrote(made, node.author.control(made, "channel.set", { channel: channel!, key: "topic", value: wanted.topic }).received);
    return made;
  }

  function grant(space: Space, accounts: readonly AccountId[]): void {
    const { roles, members: inside } = space.replica.state()!;
    const role = [...roles.values()].find(({ name }) => name === privateRole);
    if (role === undefined) throw new Failure("not-found", `There is no role "${privateRole}" here to let people in by.`);
    const drafts = accounts.filter((other) => !inside.has(other)).map((other) => draft("grant", { account: other, role: role.id }));
    if (drafts.length > 0) node.wrote(space, node.author.write(space, space.id, drafts).received);
    offers.settle();
  }

  return {
    "dm.open": ({ accounts }) => place(open(known(accounts))),
    "dm.add": ({ space: id, accounts }) => {
      const space = here(id, "direct");
      const all = known(accounts);
      if (!direct.isGroup(space)) return place(open([...new Set([...others(direct.people(space)), ...all])]));
      const fresh = all.filter((other) => !direct.people(space).includes(other));
      if (direct.people(space).length + fresh.length > limits.offerPeople) throw new Failure("bad-request", `At most ${limits.offerPeople} people can be in one conversation.`);
      if (fresh.length > 0) add(space, fresh);
      return place(space);
    },
    "private.create": ({ space: id, name, topic = "", members: wanted, showParent = false }) => {
      const workspace = here(id, "team");
      require(workspace, "invite");
      return place(create(workspace, { name: name.replace(/^#/, "").trim(), topic, members: members(workspace, wanted), showParent }));
    },
    "private.add": ({ space: id, accounts }) => {
      const space = here(id, "private");
      require(space, "manage-roles");
      const workspace = node.spaces.get(privateSpaces.parentOf(space)!);
      if (workspace === null || workspace.row.state !== "member") throw new Failure("not-allowed", "You do not belong to the workspace of this channel.");
      grant(space, members(workspace, accounts));
      return place(space);
    },
    "channel.make-private": ({ channel: id, members: wanted }) => {
      const channel = id as ChannelId;
      const workspace = node.spaces.ofChannel(channel);
      if (workspace === null || workspace.row.state !== "member" || kindOf(workspace) !== "team") throw new Failure("not-found", "There is no such channel here.");
      require(workspace, "manage-channels", channel);
      const { name, topic, archived } = workspace.replica.state()!.channels.get(channel)!;
      const made = create(workspace, { name, topic, members: members(workspace, wanted), showParent: false });
      if (!archived) node.wrote(workspace, node.author.control(workspace, "channel.archive", { channel, on: true }).received);
      return { ...place(made), notice: seenNotice };
    },
    "request.list": () => ({ requests: requests.list() }),
    "request.accept": ({ request }) => {
      const { space, heads, from, by } = requests.accept(request);
      offers.enter(space, heads, from, by);
      return { space: space.id };
    },
    "request.decline": ({ request, block = false }) => {
      const from = requests.decline(request);
      if (block) node.trust.book.block(from, Math.floor(deps.now()));
      return {};
    },
  } satisfies Handlers;
}
