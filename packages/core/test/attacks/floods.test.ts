/** Who would fill the control log (spec/04-control.md, Taken at all, Shares), and who writes two things at one place of it. */
import { type Event, controlLimits, createReplica, founderGrantId } from "@multichat/core";
import type { ControlKind, ControlPayload, EventId, SpaceId } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import { describe, expect, it } from "vitest";
import { type Person, controlEvent, createPerson, crypto, genesisOf, inviteKey, joinPayload, nothing, start } from "../people.ts";

const later = start + 100 * 3_600_000;

function begin(name: string) {
  const random = createSeededRandom(`attacks/floods/${name}`);
  const ada = createPerson(random, "Ada");
  const genesis = genesisOf(random, ada);
  const space = genesis.id as SpaceId;
  const tips = new Map<string, { seq: number; id: EventId }>([[ada.device, { seq: 1, id: genesis.id }]]);
  let minute = 0;
  const write = <K extends ControlKind>(who: Person, kind: K, payload: ControlPayload<K>, ctl: EventId[], auth: EventId = nothing, tip = tips.get(who.device) ?? { seq: 0, id: nothing }): Event => {
    const event = controlEvent(random, who, kind, payload, { space, channel: space, seq: tip.seq + 1, prev: tip.id, ctl, auth, minute: ++minute });
    tips.set(who.device, { seq: tip.seq + 1, id: event.id });
    return event;
  };
  const owner = founderGrantId(crypto, genesis.id);
  const role = write(ada, "role.create", { rank: 4_000, name: "Member", colour: "", permissions: 1 }, [genesis.id], owner);
  const secret = random.bytes(32);
  const invite = write(ada, "invite.create", { role: role.id, key: inviteKey(secret), expires: 0, max: 0 }, [role.id], owner);
  const replica = createReplica({ store: createMemoryStore({ random }), crypto, self: { device: ada.device, account: ada.account } }, space, 0);
  replica.receive([genesis, role, invite], later, "peer");
  const join = (who: Person, by: Uint8Array, ctl: EventId[]): Event => write(who, "join", joinPayload(space, who, { invite: invite.id, secret: by }), ctl);
  return { random, ada, space, owner, secret, invite, replica, write, join, size: () => replica.log.events().length };
}

describe("floods", () => {
  it("a flood of joins by one who has the link: no more than its share is kept", () => {
    const { random, secret, invite, replica, join, size } = begin("share");
    const eve = createPerson(random, "Eve");
    const before = size();
    let heads = [invite.id];
    for (let i = 0; i < controlLimits.mechanical + 20; i++) {
      const asked = join(eve, secret, heads);
      heads = [asked.id];
      replica.receive([asked], later, "peer");
    }
    expect(size() - before).toBe(controlLimits.mechanical);
  });

  it("a flood of joins by people made up, without the link or with another's proof: nothing is kept of it", () => {
    const { random, secret, invite, replica, join, write, space, size } = begin("strangers");
    const bob = createPerson(random, "Bob");
    replica.receive([join(bob, secret, [invite.id])], later, "peer");
    const { proof } = joinPayload(space, bob, { invite: invite.id, secret });
    const before = size();
    for (let i = 0; i < 100; i++) {
      const sybil = createPerson(random, `Sybil ${i}`);
      const asked = i % 2 === 0 ? join(sybil, random.bytes(32), [invite.id]) : write(sybil, "join", { ...joinPayload(space, sybil, { invite: invite.id, secret }), proof }, [invite.id]);
      const { refused } = replica.receive([asked], later, "peer");
      expect(refused.map(({ why }) => why)).toEqual(["without proof of the invite"]);
    }
    expect(size()).toBe(before);
  });

  it("a control-log flood: a stranger's events are refused, and of a member's that could never stand a share is kept", () => {
    const { random, ada, secret, invite, replica, join, write, size } = begin("void");
    const [eve, mallory] = [createPerson(random, "Eve"), createPerson(random, "Mallory")];
    const asked = join(eve, secret, [invite.id]);
    const admitted = write(ada, "admit", { join: asked.id, invite: invite.id }, [asked.id]);
    replica.receive([asked, admitted], later, "peer");
    const before = size();
    replica.receive([write(mallory, "merge", { account: mallory.account }, [admitted.id])], later, "peer");
    expect(size()).toBe(before);
    let heads = [admitted.id];
    for (let i = 0; i < controlLimits.void + 20; i++) {
      const forged = write(eve, "policy.set", { key: "name", value: `${i}` }, heads, admitted.id);
      heads = [forged.id];
      replica.receive([forged], later, "peer");
    }
    expect(size() - before).toBe(controlLimits.void);
    expect(replica.state()!.policies.get("name")).toBe("Team");
  });

  it("equivocation: two events at one place are both kept, whichever came first, and tell the same to all", () => {
    const { ada, invite, owner, replica, write } = begin("twins");
    const place = { seq: 3, id: invite.id };
    const twins = ["One", "Other"].map((value) => write(ada, "policy.set", { key: "name", value }, [invite.id], owner, place));
    for (const twin of twins) replica.receive([twin], later, "peer");
    const told = replica.state()!.policies.get("name");
    expect(twins.every(({ id }) => replica.log.has(id))).toBe(true);
    const again = begin("twins");
    again.replica.receive([...twins].reverse(), later, "peer");
    expect(again.replica.state()!.policies.get("name")).toBe(told);
    expect(again.replica.digest()).toEqual(replica.digest());
    expect([...again.replica.feeds.all()].map(({ fork }) => fork?.ids)).toContainEqual(twins.map(({ id }) => id).sort());
  });
});
