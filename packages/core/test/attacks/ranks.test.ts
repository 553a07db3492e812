/** Attacks on those as senior or more so, and with rights that one does not have (spec/04-control.md, Facts, rules 1 and 2). */
import type { EventId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { Team, nothing } from "./team.ts";

function begin(name: string) {
  const team = new Team(name);
  const [ann, abe, moe, bob] = [team.member("Ann", "admin"), team.member("Abe", "admin"), team.member("Moe", "moderator"), team.member("Bob", "member")];
  return { team, ada: team.ada, ann, abe, moe, bob };
}

describe("ranks", () => {
  it("equal admins duel: neither removes the other, apart or one after the other", () => {
    const { team, ann, abe } = begin("duel");
    const heads = team.heads;
    const duel = [team.remove(ann, abe, { heads }), team.remove(abe, ann, { heads }), team.remove(ann, abe)];
    for (const shot of duel) expect(team.why(shot)).toBe("aimed at somebody not junior");
    expect([ann, abe].map((one) => team.isMember(one))).toEqual([true, true]);
  });

  it("a junior acts while being removed: only what the removal had seen counts", () => {
    const { team, ann, moe, bob } = begin("junior");
    const seen = team.write(moe, "channel.create", { name: "seen", type: "text" });
    const heads = team.heads;
    const [back, removal] = [team.remove(moe, bob, { heads }), team.remove(ann, moe, { heads })];
    expect(team.stands(seen)).toBe(true);
    expect(team.stands(removal)).toBe(true);
    expect(team.why(back)).toBe("its author was removed");
    expect(team.isMember(bob)).toBe(true);
  });

  it("removal of someone senior under a junior grant: what else its author holds does not help", () => {
    const { team, ada, ann, abe, moe } = begin("junior grant");
    const second = team.grant(ada, abe.account, "moderator");
    expect(team.why(team.remove(moe, ann))).toBe("aimed at somebody not junior");
    expect(team.why(team.remove(abe, moe, { auth: second }))).toBe("aimed at somebody not junior");
    expect(team.stands(team.remove(abe, moe))).toBe(true);
  });

  it("stale removal: who was promoted meanwhile stays, and one by somebody removed meanwhile counts for nothing", () => {
    const { team, ada, ann, abe, moe, bob } = begin("stale");
    const weeksAgo = team.heads;
    team.grant(ada, moe.account, "admin");
    team.remove(ada, abe);
    const [atMoe, atBob] = [team.remove(ann, moe, { heads: weeksAgo }), team.remove(abe, bob, { heads: weeksAgo })];
    expect(team.why(atMoe)).toBe("aimed at somebody not junior");
    expect(team.why(atBob)).toBe("its author was removed");
    expect([moe, bob].map((one) => team.isMember(one))).toEqual([true, true]);
  });

  it("somebody senior has left: what is on its way cannot be silenced by who was junior", () => {
    const { team, ann, moe } = begin("left");
    const hal = team.member("Hal", "helper");
    const heads = team.heads;
    const written = team.message(moe, heads);
    team.write(moe, "leave", { account: moe.id }, { auth: nothing });
    const against = [team.write(hal, "mute", { account: moe.id, on: true, until: 0 }), team.write(hal, "ban", { account: moe.id, until: 0 })];
    for (const shot of against) expect(team.stands(shot)).toBe(true);
    expect(team.judge(written).stands).toBe(true);
    team.write(ann, "mute", { account: moe.id, on: true, until: 0 });
    expect(team.judge(written).stands).toBe(false);
  });

  it("forged grant: acting under another's, or under one that there is not", () => {
    const { team, ann, moe, bob } = begin("forged");
    expect(team.why(team.remove(bob, moe, { auth: ann.grant }))).toBe("from a device that is not bound");
    expect(team.why(team.remove(bob, moe, { auth: "ee".repeat(32) as EventId }))).toBe("under an unknown grant");
    // As the root, whose keys it has not.
    expect(team.stands(team.remove(bob, moe, { auth: team.world.space as string as EventId }))).toBe(false);
    expect(team.isMember(moe)).toBe(true);
  });

  it("unknown role: a grant of one that there is not, or that its giver had not heard of", () => {
    const { team, ada, ann, bob } = begin("unknown role");
    const heads = team.heads;
    const made = team.write(ada, "role.create", { rank: 6_000, name: "new", colour: "", permissions: 1 });
    for (const role of ["ee".repeat(32) as EventId, made]) {
      expect(team.why(team.write(ann, "grant", { account: bob.id, role }, { heads }))).toBe("an unknown role");
    }
  });

  it("grant above one's rank: of a senior role, of one's own, and by a role made up for it", () => {
    const { team, ann, bob } = begin("above");
    for (const role of [team.world.ownerRole, team.world.roles.admin]) {
      expect(team.why(team.write(ann, "grant", { account: bob.id, role }))).toBe("a role not junior to the acting one");
    }
    expect(team.why(team.write(ann, "role.create", { rank: 1_500, name: "mine", colour: "", permissions: 1 }))).toBe("a role not junior to the acting one");
    expect(team.state().members.get(bob.id)!.grants).toHaveLength(1);
  });
});
