/** What was signed for one space, invite or account, shown again for another (spec/03-events.md, spec/04-control.md, rules 6 and 8). */
import { createReplica, proveInvite } from "@multichat/core";
import { createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import { describe, expect, it } from "vitest";
import { fakeCrypto } from "../permissions-fuzz/fake-crypto.ts";
import { controlEvent, createPerson, crypto, genesisOf, start } from "../people.ts";
import { Team, nothing } from "./team.ts";

describe("replay", () => {
  it("cross-space replay: an event of one space is refused in another of the same people", () => {
    const random = createSeededRandom("attacks/cross-space");
    const ada = createPerson(random, "Ada");
    const [here, there] = [genesisOf(random, ada), genesisOf(random, ada, { policy: new Map([["name", "Other"]]) })];
    const event = controlEvent(random, ada, "leave", { account: ada.account }, { space: there.id as never, channel: there.id as never, seq: 2, prev: here.id, ctl: [here.id], auth: nothing, minute: 1 });
    const replica = createReplica({ store: createMemoryStore({ random }), crypto, self: { device: ada.device, account: ada.account } }, here.id as never, 0);
    const received = replica.receive([here, event], start + 3_600_000, "peer");
    expect(received.accepted.map(({ id }) => id)).toEqual([here.id]);
    expect(received.refused).toEqual([{ id: event.id, device: ada.device, why: "for another space" }]);
  });

  it("cross-space replay: a join with the proof of another space's invite gives nothing, though the key is the same", () => {
    const team = new Team("join of another space");
    const eve = team.world.account("Eve");
    const link = team.invite(team.ada, "member");
    const device = eve.devices[0]!;
    const claim = { space: "ab".repeat(32) as never, invite: link.invite, account: eve.id, device: device.id };
    const { certificate, acceptance } = device.certified;
    const asked = team.world.write(device, "join", { invite: link.invite, account: eve.id, device: device.id, certificate, acceptance, proof: proveInvite(fakeCrypto, link.seed, claim) }, { heads: team.heads });
    expect(team.why(asked)).toBe("without proof of the invite");
    expect(team.why(team.write(team.ada, "admit", { join: asked, invite: link.invite }, { auth: nothing }))).toBe("an unknown join");
    expect(team.isMember(eve)).toBe(false);
  });

  it("invite proof replayed for another account: whoever sees a join cannot come in by it, nor with the help of a member", () => {
    const team = new Team("replayed proof");
    const [bob, eve] = [team.world.account("Bob"), team.world.account("Eve")];
    const friend = team.member("Friend", "member");
    const link = team.invite(team.ada, "member");
    team.letIn(bob, link, team.ada);
    const seen = team.world.log.events().findLast(({ header }) => header.kind === "join")!.control!;
    if (seen.kind !== "join") throw new Error("no join");
    const device = eve.devices[0]!;
    const { certificate, acceptance } = device.certified;
    const asked = team.world.write(device, "join", { invite: link.invite, account: eve.id, device: device.id, certificate, acceptance, proof: seen.payload.proof }, { heads: team.heads });
    expect(team.why(asked)).toBe("without proof of the invite");
    expect(team.why(team.write(friend, "admit", { join: asked, invite: link.invite }, { auth: nothing }))).toBe("an unknown join");
    expect([bob, eve].map((who) => team.isMember(who))).toEqual([true, false]);
  });
});
