/** The commands about roles, moderation and private places, on the in-memory Multichat. */
import type { CommandName, Commands, Id, OverrideSubject, PrivatePlace } from "@multichat/client/contract";
import { FakeError } from "./fake-error.ts";
import { permissionNames, rightsBut } from "./rights.ts";
import { addChannel, addSpace, idOf, now, person, type World } from "./world.ts";

export type Handlers = { [C in CommandName]?: (params: Commands[C][0]) => Commands[C][1] };

const noRank = "Their role is not below yours.";

export function governing(world: World): Handlers {
  const { governed } = world;
  const space = (id: Id) => world.spaces.find((found) => found.id === id)!;
  const channel = (id: Id) => world.channels.find((found) => found.id === id)!;
  const member = (where: Id, account: Id) => world.members[where]!.find(({ id }) => id === account)!;
  const role = (id: Id) => governed.roles.find((found) => found.id === id)!;
  const message = (id: Id) => Object.values(world.messages).flat().find((found) => found.id === id)!;
  const requireFresh = (override: boolean | undefined) => {
    if (governed.stale !== null && override !== true) throw new FakeError("not-fresh", governed.stale);
  };
  const removing = ({ space: where, account, override }: { space: Id; account: Id; override?: boolean }) => {
    requireFresh(override);
    world.members[where] = world.members[where]!.filter(({ id }) => id !== account);
    return {};
  };
  const place = (of: Parameters<typeof addSpace>[1], others: readonly string[], name: string): PrivatePlace => {
    const made = addSpace(world, of, others);
    return { space: made, channel: addChannel(world, made, { name }) };
  };
  const names = (accounts: readonly Id[]) => {
    const known = Object.values(world.members).flat();
    return accounts.map((id) => known.find((found) => found.id === id)!.name);
  };

  return {
    "role.list": () => ({ roles: governed.roles }),
    "role.create": ({ name, colour = "", permissions }) => {
      const made = { id: idOf(`role ${name}`), name, colour, rank: 6_000, permissions, members: 0, manageable: true };
      governed.roles.push(made);
      return { role: made };
    },
    "role.set": ({ role: id, name, colour, on = [], off = [], override }) => {
      if (off.length > 0) requireFresh(override);
      const found = role(id);
      return {
        role: Object.assign(found, {
          name: name ?? found.name,
          colour: colour ?? found.colour,
          permissions: [...found.permissions.filter((held) => !off.includes(held)), ...on],
        }),
      };
    },
    "role.move": ({ role: id, below, override }) => {
      requireFresh(override);
      const moved = role(id);
      governed.roles = governed.roles.filter((other) => other !== moved);
      governed.roles.splice(governed.roles.findIndex((other) => other.id === below) + 1, 0, moved);
      return { role: moved, members: moved.members };
    },
    "member.role": ({ space: where, account, role: id, on, override }) => {
      if (!on) requireFresh(override);
      const found = member(where, account);
      found.roleIds = on ? [...found.roleIds, id] : found.roleIds.filter((held) => held !== id);
      found.roles = found.roleIds.map((held) => role(held).name);
      return { member: found };
    },
    "permissions.check": ({ account, role: id, target }) => {
      const senior = target !== undefined && Object.values(world.members).flat().find((found) => found.id === target)?.roles.includes("Admin");
      const rights =
        id !== undefined
          ? rightsBut(permissionNames.filter((name) => !role(id).permissions.includes(name)), `The role of ${role(id).name} does not include this.`)
          : account !== undefined
            ? rightsBut(["ban", "administer"], "The role of this member does not include this.")
            : senior
              ? rightsBut(["mute", "kick", "ban", "manage-roles"], noRank)
              : rightsBut(["administer"]);
      return { allowed: rights.every(({ allowed }) => allowed), why: null, permissions: rights };
    },
    "override.list": ({ channel: id }) => ({ overrides: governed.overrides[id] ?? [] }),
    "channel.override": ({ channel: id, subject, allow, deny }) => {
      const same = (other: OverrideSubject) => JSON.stringify(other) === JSON.stringify(subject);
      const rest = (governed.overrides[id] ?? []).filter((override) => !same(override.subject));
      const name = "everyone" in subject ? "everyone" : "role" in subject ? role(subject.role).name : names([subject.account])[0]!;
      if (allow.length + deny.length > 0) rest.push({ subject, name, allow, deny, by: world.status.account, at: now });
      governed.overrides[id] = rest;
      return { overrides: rest };
    },
    "channel.rename": ({ channel: id, name }) => ({ channel: Object.assign(channel(id), { name }) }),
    "channel.archive": ({ channel: id, on }) => ({ channel: Object.assign(channel(id), { archived: on }) }),
    "channel.lock": ({ channel: id, on }) => ({ channel: Object.assign(channel(id), { locked: on }) }),
    "channel.slow": ({ channel: id, seconds }) => ({ channel: Object.assign(channel(id), { slow: seconds }) }),
    "space.rename": ({ space: id, name }) => ({ space: Object.assign(space(id), { name }) }),
    "space.admission": ({ space: id, approve }) => ({ space: Object.assign(space(id), { approve }) }),
    "space.history": ({ space: id, history }) => ({ space: Object.assign(space(id), { history }) }),
    "space.transfer-ownership": ({ space: where, account, words }) => {
      if (words === undefined) throw new FakeError("phrase-erased", "Your 24 words are needed for this, as they were erased from this computer.");
      return { member: member(where, account), note: "They are the owner now." };
    },
    "ownership.get": () => ({ ownership: governed.ownership }),
    "ownership.set-recovery": ({ space: where, accounts, needed }) => {
      const holders = accounts.map((id) => ({ person: { id, name: member(where, id).name }, you: false, member: true, current: true }));
      governed.ownership.recovery = { holders, needed };
      world.status.phraseUnsaved = true;
      return { ownership: governed.ownership, words: Array.from({ length: 24 }, () => "abandon") };
    },
    "ownership.request": () => {
      const { recovery, requests } = governed.ownership;
      requests.push({ id: idOf("own request"), by: world.status.account!, own: true, at: now, approvedBy: [], needed: recovery!.needed, approved: false });
      return { ownership: governed.ownership };
    },
    "ownership.withdraw": () => {
      governed.ownership.requests = governed.ownership.requests.filter(({ own }) => !own);
      return { ownership: governed.ownership };
    },
    "ownership.approve": ({ request }) => {
      const found = governed.ownership.requests.find(({ id }) => id === request)!;
      Object.assign(found, { approved: true, approvedBy: [...found.approvedBy, world.status.account!] });
      return { ownership: governed.ownership };
    },
    "ownership.take": ({ override }) => {
      requireFresh(override);
      const holders = [{ person: world.status.account, you: true, member: true, current: true }];
      Object.assign(governed.ownership, { owners: [world.status.account!], holders, requests: [] });
      return { ownership: governed.ownership };
    },
    "member.kick": removing,
    "member.ban": (params) => {
      const { id, name } = member(params.space, params.account);
      removing(params);
      governed.departed.unshift({ person: { id, name }, how: "banned", by: world.status.account, at: now, until: params.until ?? 0 });
      return {};
    },
    "member.unban": ({ account }) => {
      governed.departed = governed.departed.filter((gone) => gone.person.id !== account);
      return {};
    },
    "member.mute": ({ space: where, account, on, until = 0 }) => ({
      member: Object.assign(member(where, account), { muted: on ? { by: world.status.account, at: now, until } : null }),
    }),
    "restriction.list": ({ space: where }) => ({
      muted: world.members[where]!.flatMap(({ id, name, muted }) => (muted ? [{ person: { id, name }, ...muted }] : [])),
      departed: governed.departed,
    }),
    "removal.preview": () => ({ fresh: governed.stale === null, heardAt: now, text: governed.stale ?? "They see and write nothing more." }),
    "audit.list": ({ kind, by, of, before, limit = 50 }) => {
      const found = governed.audit.filter(
        (entry) =>
          (!kind || entry.kind === kind) && (!by || entry.by?.id === by) && (!of || entry.of?.id === of) && (!before || entry.position < before),
      );
      return { entries: found.slice(0, limit), hasOlder: found.length > limit };
    },
    "report.create": () => ({}),
    "report.list": () => ({ reports: governed.reports }),
    "report.resolve": ({ report }) => {
      governed.reports = governed.reports.map((found) => (found.id === report ? { ...found, resolved: { by: world.status.account!, at: now } } : found));
      return { reports: governed.reports };
    },
    "message.delete": ({ message: id }) => ({ message: Object.assign(message(id), { text: "", deleted: { by: world.status.account!, at: now } }) }),
    "moderation.preview": () => ({ cleanUp: governed.cleanUp }),
    "moderation.cleanup": () => ({ cleanUp: governed.cleanUp }),
    "moderation.voided": () => ({ entries: governed.voided }),
    "moderation.adopt": ({ events }) => {
      governed.voided = governed.voided.filter(({ id }) => !events.includes(id));
      return { entries: governed.voided };
    },
    "join.requests": () => ({ requests: governed.joinRequests }),
    "join.approve": ({ request }) => decide(request),
    "join.deny": ({ request, override }) => {
      requireFresh(override);
      return decide(request);
    },
    "dm.open": ({ accounts }) => {
      const with_ = names(accounts);
      return place({ name: with_.join(", "), kind: "direct", people: with_.map(person), group: with_.length > 1 }, with_, "messages");
    },
    "dm.add": ({ space: id, accounts }) => {
      const with_ = [...space(id).people.map(({ name }) => name), ...names(accounts)];
      return place({ name: with_.join(", "), kind: "direct", people: with_.map(person), group: true }, with_, "messages");
    },
    "private.create": ({ space: id, name, members }) => place({ name, kind: "private", parent: { id, name: space(id).name } }, names(members), name),
    "private.add": ({ space: id }) => ({ space: space(id), channel: world.channels.find((found) => found.space === id)! }),
    "channel.make-private": ({ channel: id, members }) => {
      const old = channel(id);
      old.archived = true;
      const made = place({ name: old.name, kind: "private", parent: { id: old.space, name: space(old.space).name } }, names(members), old.name);
      return { ...made, notice: "What was written in this channel was seen by all members already." };
    },
    "request.list": () => ({ requests: governed.requests }),
    "request.accept": ({ request }) => {
      governed.requests = governed.requests.filter(({ id }) => id !== request);
      return { space: idOf(`request ${request}`) };
    },
    "request.decline": ({ request }) => {
      governed.requests = governed.requests.filter(({ id }) => id !== request);
      return {};
    },
  };

  function decide(request: Id) {
    governed.joinRequests = governed.joinRequests.filter(({ id }) => id !== request);
    return { requests: governed.joinRequests };
  }
}
