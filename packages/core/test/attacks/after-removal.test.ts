/** What those write who were removed, or lost a right, from frontiers before that (spec/04-control.md, rules 2, 3 and 6, Content). */
import { describe, expect, it } from "vitest";
import { unbindStatement } from "../../src/control/rules/devices.ts";
import { fakeCrypto } from "../permissions-fuzz/fake-crypto.ts";
import { type Somebody, Team } from "./team.ts";

function begin(name: string) {
  const team = new Team(name);
  const [ann, abe, moe, bob] = [team.member("Ann", "admin"), team.member("Abe", "admin"), team.member("Moe", "moderator"), team.member("Bob", "member")];
  return { team, ada: team.ada, ann, abe, moe, bob };
}

describe("after a removal", () => {
  it("concurrent re-add: a grant given beside the removal is of no use, one given in its knowledge is", () => {
    const { team, ada, abe, bob } = begin("re-add");
    const heads = team.heads;
    team.remove(ada, bob, { heads });
    const beside = team.grant(abe, bob.account, "member", { heads });
    expect(team.why(beside)).toBe("given while its subject was being removed");
    expect(team.isMember(bob)).toBe(false);
    const knowing = team.grant(abe, bob.account, "member");
    expect(team.state().members.get(bob.id)!.grants.map(({ id }) => id)).toEqual([knowing]);
  });

  it("back-dated control events: an admin who was removed grants a Sybil, which grants another", () => {
    const { team, ada, ann, bob } = begin("sybil");
    const heads = team.heads;
    team.remove(ada, ann);
    const [one, other] = [team.world.account("Sybil 1"), team.world.account("Sybil 2")];
    const given = team.grant(ann, one, "moderator", { heads });
    team.bind(one.devices[0]!, [given]);
    const sybil: Somebody = { id: one.id, account: one, device: one.devices[0]!, grant: given };
    const knows = one.devices[0]!.knows;
    const [passedOn, shot] = [team.grant(sybil, other, "member", { heads: knows }), team.remove(sybil, bob, { heads: knows })];
    expect(team.why(given)).toBe("its author was removed");
    expect([passedOn, shot].map((event) => team.stands(event))).toEqual([false, false]);
    expect([one, other, bob].map((who) => team.isMember(who))).toEqual([false, false, true]);
  });

  it("forked old seq: a second branch of the own feed, from before the removal, is void as well", () => {
    const { team, ada, ann } = begin("forked seq");
    const heads = team.heads;
    const first = team.write(ann, "policy.set", { key: "name", value: "ours" }, { heads });
    team.remove(ada, ann);
    const forked = team.write(ann, "policy.set", { key: "name", value: "mine" }, { heads });
    expect(team.world.at(forked).header).toMatchObject({ seq: team.world.at(first).header.seq, prev: team.world.at(first).header.prev });
    expect(team.why(forked)).toBe("its author was removed");
    expect(team.state().policies.get("name")).toBe("ours");
  });

  it("invite of a removed issuer: a back-dated join, let in by a friend, gives nothing; who was let in before stays", () => {
    const { team, ada, ann, bob } = begin("invite");
    const link = team.invite(ann, "member");
    const early = team.world.account("Early");
    team.letIn(early, link, bob);
    const heads = team.heads;
    team.remove(ada, ann);
    const [late, later] = [team.world.account("Late"), team.world.account("Later")];
    const admitted = [team.letIn(late, link, bob, heads), team.letIn(later, link, bob)];
    for (const admission of admitted) expect(team.why(admission)).toBe("the invite had been revoked");
    expect([early, late, later].map((who) => team.isMember(who))).toEqual([true, false, false]);
    expect(team.state().invites.get(link.invite)!.revoked).toBe(true);
  });

  it("a role loses its rights: what its holders did with them before is not taken back by giving up the device that did it", () => {
    const { team, ada, moe, bob } = begin("undone");
    const second = team.world.device(moe.account, moe.account.identitySeed);
    team.bind(second);
    const heads = [...team.heads].sort();
    const removal = team.remove(moe, bob);
    team.write(ada, "role.set", { role: team.world.roles.moderator, on: 0, off: 2 ** 17 - 1, name: null, colour: null });
    const statement = fakeCrypto.sign(moe.account.identitySeed, unbindStatement(team.world.space as never, moe.device.id, heads));
    team.world.write(second, "device.unbind", { account: moe.id, device: moe.device.id, by: second.id, revocation: null, statement }, { heads });
    expect(team.stands(removal)).toBe(true);
    expect(team.isMember(bob)).toBe(false);
  });

  it("mass back-dated deletes: those of a moderator who was removed delete nothing for who hears of them afterwards, nor for anybody after the cut", () => {
    const { team, ada, moe } = begin("deletes");
    const heads = team.heads;
    const removal = team.remove(ada, moe);
    const deletes = Array.from({ length: 50 }, () => team.message(moe, heads));
    const stand = (came: "after" | "before") => deletes.filter((one) => team.judge(one, came, "manage-messages").stands).length;
    expect([stand("after"), stand("before")]).toEqual([0, 50]);
    team.cut(ada, "cut", removal, [], true);
    expect([stand("after"), stand("before")]).toEqual([0, 0]);
  });
});

describe("back-dated content under an old frontier", () => {
  const restrictions: Record<string, (from: ReturnType<typeof begin>) => ReturnType<Team["write"]>> = {
    "mute": ({ team, ada, bob }) => team.write(ada, "mute", { account: bob.id, on: true, until: 0 }),
    "demotion": ({ team, ada, bob }) => team.write(ada, "revoke", { grant: bob.grant }),
    "role without the right": ({ team, ada }) => team.write(ada, "role.set", { role: team.world.roles.member, on: 0, off: 1, name: null, colour: null }),
    "lock": ({ team, ada }) => team.write(ada, "lock", { channel: team.general as never, on: true }),
  };

  it.each(Object.keys(restrictions))("after %s: hidden where it comes late, and beyond the fence for all", (what) => {
    const from = begin(what);
    const { team, ada, bob } = from;
    const heads = team.heads;
    const [first, second] = [team.message(bob, heads), team.message(bob, heads)];
    const cause = restrictions[what]!(from);
    expect(team.judge(second)).toMatchObject({ stands: false, hope: "maybe" });
    expect(team.judge(second, "before").stands).toBe(true);
    team.cut(ada, "fence", cause, [[bob.device, 1]]);
    for (const came of ["after", "before"] as const) {
      expect(team.judge(first, came).stands).toBe(true);
      expect(team.judge(second, came)).toMatchObject({ stands: false, hope: "never" });
    }
  });
});
