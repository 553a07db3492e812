/** Who may say where the feeds of somebody removed end, and of several which counts (spec/04-control.md, Cuts and fences). */
import { describe, expect, it } from "vitest";
import { Team } from "./team.ts";

function begin(name: string) {
  const team = new Team(name);
  const [ann, abe, moe, bob] = [team.member("Ann", "admin"), team.member("Abe", "admin"), team.member("Moe", "moderator"), team.member("Bob", "member")];
  const messages = [team.message(bob), team.message(bob), team.message(bob)];
  const shown = (came: "after" | "before" = "after"): boolean[] => messages.map((message) => team.judge(message, came).stands);
  return { team, ada: team.ada, ann, abe, moe, bob, shown };
}

describe("cuts", () => {
  it("second remover with an early cut: a later removal hides nothing that the first let stand, and shows nothing that it ended", () => {
    const { team, ann, abe, bob, shown } = begin("second remover");
    const first = team.remove(ann, bob);
    team.cut(ann, "cut", first, [[bob.device, 2]]);
    expect(shown()).toEqual([true, true, false]);
    const second = team.remove(abe, bob);
    for (const seq of [0, 9]) {
      team.cut(abe, "cut", second, [[bob.device, seq]]);
      expect(shown()).toEqual([true, true, false]);
    }
  });

  it("partial replica cutting what it never saw: of equals the later place counts, and feeds that it does not name stay open", () => {
    const { team, ann, abe, moe, bob, shown } = begin("partial replica");
    const other = team.message(moe);
    const heads = team.heads;
    const [removal, another] = [team.remove(ann, bob, { heads }), team.remove(ann, moe, { heads })];
    // This one has seen nothing of Bob but a first message, and nothing of Moe at all.
    team.cut(abe, "cut", removal, [[bob.device, 1]]);
    expect(shown()).toEqual([true, false, false]);
    team.cut(ann, "cut", removal, [[bob.device, 3]]);
    expect(shown()).toEqual([true, true, true]);
    expect(team.judge(other)).toMatchObject({ stands: false, hope: "maybe" });
    team.cut(ann, "cut", another, [[moe.device, 1]]);
    expect(team.judge(other).stands).toBe(true);
  });

  it("a junior's cut, and one whose author is not senior to who was removed, say nothing", () => {
    const { team, ada, moe, ann, shown } = begin("junior cut");
    const written = team.message(ann);
    const removal = team.remove(ada, ann);
    const cut = team.cut(moe, "cut", removal, [[ann.device, 0]], true);
    expect(team.stands(cut)).toBe(true);
    expect(team.judge(written, "before").stands).toBe(true);
    expect(shown("before")).toEqual([true, true, true]);
  });
});
