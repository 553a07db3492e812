/** Stolen, doubly claimed and made-up devices (spec/04-control.md, rule 7). */
import { hlcAt } from "@multichat/protocol";
import { certifyDevice } from "@multichat/core";
import { unbindStatement } from "../../src/control/rules/devices.ts";
import { fakeCrypto } from "../permissions-fuzz/fake-crypto.ts";
import { describe, expect, it } from "vitest";
import { type Somebody, Team } from "./team.ts";

describe("devices", () => {
  it("stolen first device revoking the others: the phrase ends it for good, with what it did and whom it let in", () => {
    const team = new Team("stolen");
    const [ann, bob] = [team.member("Ann", "admin"), team.member("Bob", "member")];
    const laptop = team.world.device(ann.account, ann.account.identitySeed);
    team.bind(laptop);
    const before = team.heads;
    // The thief has the first device: it ends the other one, lets in a third and removes people.
    team.world.write(ann.device, "device.unbind", { account: ann.id, device: laptop.id, by: ann.device.id, revocation: null, statement: null }, { heads: before });
    const helper = team.world.device(ann.account, ann.device.seed);
    team.bind(helper, ann.device.knows);
    const thief: Somebody = { ...ann, device: helper };
    const shots = [team.remove(ann, bob, { heads: before }), team.remove(thief, bob, { heads: helper.knows })];
    expect(team.isMember(bob)).toBe(false);
    // Ann enrols a new device from the phrase.
    const fresh = team.world.device(ann.account, ann.account.identitySeed);
    team.bind(fresh, before);
    const heads = [...fresh.knows].sort();
    const statement = fakeCrypto.sign(ann.account.identitySeed, unbindStatement(team.world.space as never, ann.device.id, heads));
    team.world.write(fresh, "device.unbind", { account: ann.id, device: ann.device.id, by: fresh.id, revocation: null, statement }, { heads });
    for (const shot of shots) expect(team.why(shot)).toBe("from a device that its account gave up");
    expect(team.isMember(bob)).toBe(true);
    expect(team.state().members.get(ann.id)!.devices).toEqual([fresh.id]);
  });

  it("two accounts claiming one device: the first binding counts, and a later one is void", () => {
    const team = new Team("two accounts");
    const [bob, eve] = [team.member("Bob", "member"), team.member("Eve", "moderator")];
    const phone = team.world.device(bob.account, bob.account.identitySeed);
    const heads = team.heads;
    const first = team.bind(phone, heads);
    const claimed = team.world.device(eve.account, eve.account.identitySeed, phone.seed);
    const later = team.bind(claimed);
    expect(claimed.id).toBe(phone.id);
    expect(team.stands(first)).toBe(true);
    expect(team.why(later)).toBe("a device of another account");
    // At once with the first, and stamped later.
    const { certificate, acceptance } = claimed.certified;
    team.world.write(eve.device, "device.bind", { account: eve.id, device: phone.id, by: phone.id, certificate, acceptance }, { heads, ahead: 60_000 });
    expect(team.state().devices.get(phone.id)).toBe(bob.id);
    expect(team.state().members.get(eve.id)!.devices).toEqual([eve.device.id]);
  });

  it("a certificate from a made-up device: only the identity key or a device bound here vouches", () => {
    const team = new Team("made up");
    const [ann, eve] = [team.member("Ann", "admin"), team.member("Eve", "member")];
    const seed = team.world.random.bytes(32);
    const madeUp = team.world.random.bytes(32);
    const { certificate, acceptance } = certifyDevice(fakeCrypto, { account: ann.id, genesis: ann.account.genesis, device: { signingSeed: seed, agreementKey: seed }, bySeed: madeUp, hlc: hlcAt(Date.UTC(2026, 0, 1)) });
    const device = team.world.device(ann.account, madeUp, seed);
    const bound = team.world.write(eve.device, "device.bind", { account: ann.id, device: device.id, by: device.id, certificate, acceptance }, { heads: team.heads });
    expect(team.why(bound)).toBe("vouched for by a stranger");
    expect(team.why(team.remove({ ...ann, device }, eve))).toBe("from a device that is not bound");
    expect(team.isMember(eve)).toBe(true);
  });
});
