/** A thousand members: each is told of those it looks at, and what that costs does not grow with the workspace. */
import { createVirtualClock } from "@multichat/testing/clock";
import { expect, it } from "vitest";
import { createCrowd } from "../presence-crowd.ts";

const minute = 60_000;

it("in a workspace of a thousand, each is told of whom they look at, and of nobody else", async () => {
  const clock = createVirtualClock();
  const people = createCrowd(clock, 1_000);
  const looked = (i: number) => Array.from({ length: 30 }, (_, n) => people[(i + 1 + n) % people.length]!);
  for (const one of people) one.active();
  await clock.advance(minute);
  // Nobody looks: not a byte.
  expect(Math.max(...people.map(({ sent }) => sent))).toBe(0);
  // As many as look at the same time; the others are looked at, or not.
  for (const [i, one] of people.slice(0, 200).entries()) one.look(looked(i).map(({ account }) => account));
  await clock.advance(2_000);
  expect(people[0]!.sees(people[30]!)).toBe("online");
  expect(people[0]!.sees(people[31]!)).toBe("offline");

  for (const one of people) Object.assign(one, { sent: 0 });
  for (let i = 0; i < 5; i++) {
    people[7 * i]!.write();
    people[7 * i + 1]!.choose({ state: "dnd", until: 0 });
  }
  await clock.advance(minute);
  const most = Math.max(...people.map(({ sent }) => sent));
  expect(most).toBeGreaterThan(1_000);
  expect(most).toBeLessThan(8_000);
  expect(people[0]!.sees(people[1]!)).toBe("dnd");

  // Who looks away is told no more once its word is over; who is invisible asks nobody.
  people[0]!.look([]);
  people[2]!.choose({ state: "invisible", until: 0 });
  await clock.advance(2.5 * minute);
  const before = people[2]!.sent;
  await clock.advance(1.5 * minute);
  expect(people[0]!.sees(people[1]!)).toBe("offline");
  expect(people[1]!.sees(people[2]!)).toBe("offline");
  expect(people[2]!.sent).toBe(before);
});

it("typing goes to those who look", async () => {
  const clock = createVirtualClock();
  const people = createCrowd(clock, 100);
  const [alice, bob, carol] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
  for (const one of people) one.active();
  bob.look([alice.account]);
  await clock.advance(2_000);
  alice.write();
  expect([bob.writers(), carol.writers()]).toEqual([1, 0]);
  await clock.advance(10_000);
  expect(bob.writers()).toBe(0);
});
