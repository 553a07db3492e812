import type { AccountId, DeviceId, EventId, SpaceId } from "@multichat/protocol";
import { expect, it } from "vitest";
import { createAdmission } from "./admission.ts";
import type { Space, Spaces } from "./spaces.ts";

const id = <T extends string>(letter: string): T => letter.repeat(64) as T;
const [bob, carol] = [id<AccountId>("b"), id<AccountId>("c")];
const invite = id<EventId>("1");

/** Carol and Bob are in a private channel; of Bob it is known that he was removed from its workspace. */
function admission() {
  const state = {
    devices: new Map([[id<DeviceId>("2"), bob], [id<DeviceId>("3"), carol]]),
    invites: new Map([[invite, { id: invite, admitted: [], max: 0, expires: 0, revoked: false }]]),
    departed: new Map(),
  };
  const space = { row: { state: "member" }, withheld: new Set([bob]), replica: { state: () => state } } as unknown as Space;
  return createAdmission({
    spaces: { get: () => space } as unknown as Spaces,
    account: carol,
    isStanding: () => false,
    isLetIn: () => true,
    now: () => 0,
    stopped: () => null,
    waits: () => false,
    linked: () => true,
    write() {},
    answer() {},
  });
}

it("shows a private channel to nobody from whom it is withheld, though he is a member there and holds an invite", () => {
  const { judge } = admission();
  expect(judge(id<SpaceId>("s"), invite, carol, id<DeviceId>("3"))).toBe("ok");
  expect(judge(id<SpaceId>("s"), invite, bob, id<DeviceId>("2"))).toBe("denied");
  // Neither for another device of his, nor in somebody else's name.
  expect(judge(id<SpaceId>("s"), invite, bob, id<DeviceId>("4"))).toBe("denied");
  expect(judge(id<SpaceId>("s"), invite, carol, id<DeviceId>("2"))).toBe("denied");
});
