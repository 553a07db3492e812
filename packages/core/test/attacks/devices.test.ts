/** Stolen, doubly claimed and made-up devices (spec/04-control.md, rule 7). */
import { type EventId, hlcAt, idFromBytes } from "@multichat/protocol";
import { type SignedCertificate, certifyDevice, createAccount, createControlLog, createResolver, founderGrantId } from "@multichat/core";
import { createSeededRandom } from "@multichat/testing/random";
import { type Person, controlEvent, createPerson, crypto, genesisOf, start } from "../people.ts";
import { unbindStatement } from "../../src/control/rules/devices.ts";
import { fakeCrypto } from "../permissions-fuzz/fake-crypto.ts";
import type { Device } from "../permissions-fuzz/world.ts";
import { describe, expect, it } from "vitest";
import { type Somebody, Team, nothing } from "./team.ts";

/** A new device of hers, from the phrase, that gives up the one she had. */
function goOn(team: Team, ann: Somebody, before: readonly EventId[]): Device {
  const fresh = team.world.device(ann.account, ann.account.identitySeed);
  team.bind(fresh, before);
  const heads = [...fresh.knows].sort();
  const statement = fakeCrypto.sign(ann.account.identitySeed, unbindStatement(team.world.space as never, ann.device.id, heads));
  team.world.write(fresh, "device.unbind", { account: ann.id, device: ann.device.id, by: fresh.id, revocation: null, statement }, { heads });
  return fresh;
}

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
    const fresh = goOn(team, ann, before);
    for (const shot of shots) expect(team.why(shot)).toBe("from a device that its account gave up");
    expect(team.isMember(bob)).toBe(true);
    // The one that the thief had ended is hers again.
    expect([...team.state().members.get(ann.id)!.devices].sort()).toEqual([fresh.id, laptop.id].sort());
  });

  it("stolen device: it cannot leave for its owner, once the phrase has ended it", () => {
    const team = new Team("leaving thief");
    const ann = team.member("Ann", "admin");
    const before = team.heads;
    team.write(ann, "leave", { account: ann.id }, { auth: nothing });
    expect(team.isMember(ann)).toBe(false);
    const fresh = goOn(team, ann, before);
    expect(team.state().members.get(ann.id)!.devices).toEqual([fresh.id]);
  });

  it("a member gives up the device by which it let people in: they stay, but where joins are approved", () => {
    for (const admission of ["open", "approve"]) {
      const team = new Team(`un-admitting ${admission}`);
      const ann = team.member("Ann", "admin");
      if (admission === "approve") team.write(team.ada, "policy.set", { key: "admission", value: "approve" });
      const link = team.invite(team.ada, "member");
      const second = team.world.device(ann.account, ann.account.identitySeed);
      team.bind(second);
      const heads = [...team.heads].sort();
      const carol = team.world.account("Carol");
      team.letIn(carol, link, ann);
      expect(team.isMember(carol)).toBe(true);
      const statement = fakeCrypto.sign(ann.account.identitySeed, unbindStatement(team.world.space as never, ann.device.id, heads));
      team.world.write(second, "device.unbind", { account: ann.id, device: ann.device.id, by: second.id, revocation: null, statement }, { heads });
      expect(team.isMember(carol)).toBe(admission === "open");
    }
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

  it("a certificate from a made-up device, in a genesis: nobody founds a space as somebody else, and a second device does as itself", () => {
    const random = createSeededRandom("attacks/founding");
    const account = createAccount(crypto, random);
    const [identity, laptop, phone, madeUp] = [account.identitySeed, random.bytes(32), random.bytes(32), random.bytes(32)];
    const certified = (signingSeed: Uint8Array, bySeed: Uint8Array): Person => {
      const signed: SignedCertificate = certifyDevice(crypto, { account: account.id, genesis: account.genesis, device: { signingSeed, agreementKey: signingSeed }, bySeed, hlc: hlcAt(start) });
      return { ...createPerson(random, "Ada"), ...signed, account: account.id, signingSeed, device: idFromBytes(crypto.publicKey(signingSeed)) };
    };
    const first = certified(laptop, identity);
    for (const [founder, vouching, may] of [[certified(phone, laptop), first, true], [certified(phone, madeUp), first, false], [certified(phone, madeUp), certified(madeUp, phone), false]] as const) {
      const genesis = genesisOf(random, founder);
      const log = createControlLog(genesis.id as never);
      log.add(genesis);
      const resolver = createResolver(crypto, log);
      expect(resolver.state()!.devices.size).toBe(0);
      const at = { space: genesis.id as never, channel: genesis.id as never, auth: nothing };
      const bound = controlEvent(random, founder, "device.bind", { account: account.id, device: vouching.device, by: vouching.device, certificate: vouching.certificate, acceptance: vouching.acceptance }, { ...at, seq: 2, prev: genesis.id, ctl: [genesis.id], minute: 1 });
      const named = controlEvent(random, founder, "policy.set", { key: "name", value: "Mine" }, { ...at, auth: founderGrantId(crypto, genesis.id), seq: 3, prev: bound.id, ctl: [bound.id], minute: 2 });
      for (const event of [bound, named]) {
        log.add(event);
        resolver.state();
      }
      for (const state of [resolver.state()!, createResolver(crypto, log).state()!]) {
        expect(state.devices.has(founder.device)).toBe(may);
        expect(state.void.get(named.id)).toBe(may ? undefined : "from a device that is not bound");
      }
    }
  });
});
