/** What the finder of a recovery phrase does with it once it was replaced (spec/04-control.md, rule 7). */
import type { EventId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { unbindStatement } from "../../src/control/rules/devices.ts";
import { fakeCrypto } from "../permissions-fuzz/fake-crypto.ts";
import type { Device } from "../permissions-fuzz/world.ts";
import { type Somebody, Team } from "./team.ts";

/** Ann, an admin with two devices, replaces her phrase on the first; the old one is in somebody else's hands. */
function begin(name: string) {
  const team = new Team(name);
  const [ann, bob] = [team.member("Ann", "admin"), team.member("Bob", "member")];
  const laptop = team.world.device(ann.account, ann.account.identitySeed);
  team.bind(laptop);
  const before = team.heads;
  const leaked = ann.account.identitySeed;
  const finder = (): Device => team.world.device(ann.account, leaked, undefined, []);
  const replace = () => {
    team.world.replacePhrase(ann.device);
    return team.bind(ann.device);
  };
  const statement = (seed: Uint8Array, device: Device, heads: readonly EventId[]): Uint8Array =>
    fakeCrypto.sign(seed, unbindStatement(team.world.space as never, device.id, [...heads].sort()));
  const unbind = (by: Somebody | Device, device: Device, heads: readonly EventId[], signed: Uint8Array | null): EventId => {
    const writer = "device" in by ? by.device : by;
    return team.world.write(writer, "device.unbind", { account: ann.id, device: device.id, by: writer.id, revocation: null, statement: signed }, { heads: [...heads].sort() });
  };
  const devicesOf = ({ id }: Somebody) => [...(team.state().members.get(id)?.devices ?? [])].sort();
  return { team, ann, bob, laptop, before, leaked, finder, replace, statement, unbind, devicesOf };
}

describe("a recovery phrase that was replaced", () => {
  it("lets no device in any more where the new one has been seen", () => {
    const { team, ann, bob, laptop, finder, replace, devicesOf } = begin("after");
    expect(team.stands(replace())).toBe(true);
    const stranger = finder();
    expect(team.why(team.bind(stranger))).toBe("by an identity key that was replaced");
    expect(team.why(team.remove({ ...ann, device: stranger }, bob))).toBe("from a device that is not bound");
    expect(devicesOf(ann)).toEqual([ann.device.id, laptop.id].sort());
  });

  it("lets no device in from a frontier before that, nor does what it did or whom it let in count", () => {
    const { team, ann, bob, laptop, before, finder, devicesOf } = begin("beside");
    const stranger = finder();
    team.bind(stranger, before);
    const helper = team.world.device(ann.account, stranger.seed, undefined, []);
    team.bind(helper, stranger.knows);
    const shots = [team.remove({ ...ann, device: stranger }, bob, { heads: stranger.knows }), team.remove({ ...ann, device: helper }, bob, { heads: helper.knows })];
    expect(team.isMember(bob)).toBe(false);
    // Written by a device that knew nothing of the above.
    team.world.replacePhrase(ann.device);
    team.bind(ann.device, before);
    for (const shot of shots) expect(team.why(shot)).toBe("from a device that its account gave up");
    expect(team.isMember(bob)).toBe(true);
    expect(devicesOf(ann)).toEqual([ann.device.id, laptop.id].sort());
    // Nor do they let each other in again.
    team.bind(team.world.device(ann.account, helper.seed, stranger.seed, []), [...team.heads]);
    expect(devicesOf(ann)).toEqual([ann.device.id, laptop.id].sort());
  });

  it("keeps the devices that the new one has seen, and does not end those", () => {
    const { team, ann, bob, laptop, before, leaked, replace, statement, unbind, devicesOf } = begin("kept");
    const removal = team.remove({ ...ann, device: laptop }, bob);
    replace();
    expect(team.stands(removal)).toBe(true);
    // With a member's help, from before: neither for good nor for those who have seen it.
    unbind(team.ada, ann.device, before, statement(leaked, ann.device, before));
    unbind(team.ada, laptop, before, statement(leaked, laptop, before));
    expect(team.stands(removal)).toBe(true);
    expect(devicesOf(ann)).toEqual([ann.device.id, laptop.id].sort());
    expect(team.stands(team.write(ann, "policy.set", { key: "name", value: "Still here" }))).toBe(true);
    expect(team.why(unbind(team.ada, laptop, team.heads, statement(leaked, laptop, team.heads)))).toBe("a statement that the identity key did not sign");
  });

  it("takes nothing back once its account was removed", () => {
    const { team, ann, bob, laptop, before } = begin("removed");
    const late = team.world.device(ann.account, ann.account.identitySeed);
    team.bind(late, team.heads);
    const removal = team.remove({ ...ann, device: late }, bob);
    team.remove(team.ada, ann);
    team.world.replacePhrase(laptop);
    team.bind(laptop, before);
    expect(team.stands(removal)).toBe(true);
    expect(team.isMember(bob)).toBe(false);
  });

  it("leaves a way in for a good device that it had certified: another one of the account writes its binding", () => {
    const { team, ann, laptop, before, replace, devicesOf } = begin("readmitted");
    const phone = team.world.device(ann.account, ann.account.identitySeed);
    replace();
    expect(team.why(team.bind(phone))).toBe("by an identity key that was replaced");
    const { certificate, acceptance } = phone.certified;
    const bound = team.world.write(laptop, "device.bind", { account: ann.id, device: phone.id, by: laptop.id, certificate, acceptance }, { heads: team.heads });
    expect(team.stands(bound)).toBe(true);
    expect(devicesOf(ann)).toEqual([ann.device.id, laptop.id, phone.id].sort());
    // Unless that one is given up in turn, by the phrase in force.
    const heads = [...before].sort();
    const statement = fakeCrypto.sign(ann.account.identitySeed, unbindStatement(team.world.space as never, laptop.id, heads));
    const early = team.world.write(ann.device, "device.unbind", { account: ann.id, device: laptop.id, by: ann.device.id, revocation: null, statement }, { heads });
    expect(team.why(early)).toBe("a statement that the identity key did not sign");
    const seen = [...ann.device.knows].sort();
    const signed = fakeCrypto.sign(ann.account.identitySeed, unbindStatement(team.world.space as never, laptop.id, seen));
    team.world.write(ann.device, "device.unbind", { account: ann.id, device: laptop.id, by: ann.device.id, revocation: null, statement: signed }, { heads: seen });
    expect(devicesOf(ann)).toEqual([ann.device.id]);
  });

  it("a stolen device that was certified anew ends no other one from an old frontier, once another shows the phrase too or ends it", () => {
    const { team, ann, bob, laptop, before, statement, unbind, devicesOf } = begin("thief");
    const phone = team.world.device(ann.account, ann.account.identitySeed);
    team.bind(phone, before);
    const removal = team.remove({ ...ann, device: phone }, bob);
    const after = team.heads;
    team.world.replacePhrase(laptop);
    // The thief's word comes from before the phone.
    team.bind(laptop, before);
    expect(team.why(removal)).toBe("from a device that its account gave up");
    const fresh = team.world.device(ann.account, ann.account.identitySeed);
    team.bind(fresh, after);
    unbind(fresh, laptop, [...fresh.knows], statement(ann.account.identitySeed, laptop, fresh.knows));
    expect(team.stands(removal)).toBe(true);
    expect(devicesOf(ann)).toEqual([ann.device.id, phone.id, fresh.id].sort());
  });
});
