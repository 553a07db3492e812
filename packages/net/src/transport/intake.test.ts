import { frameWeight, waitingWeight } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";
import { expect, it } from "vitest";
import { Intake } from "./intake.ts";

const [alice, bob, carol] = ["a", "b", "c"].map((digit) => digit.repeat(64)) as [
  DeviceId,
  DeviceId,
  DeviceId,
];
const frame = new Uint8Array(64 * 1024);
const untilFull = Math.floor(waitingWeight / frameWeight(frame)) + 1;

function rig(...welcome: DeviceId[]) {
  let changes = 0;
  const intake = new Intake(() => changes++);
  intake.welcome(new Set(welcome));
  changes = 0;
  const send = (device: DeviceId, count: number): void => {
    for (let i = 0; i < count; i++) intake.came(device, frame);
  };
  return { intake, send, changes: () => changes };
}

it("is full above the limit, and has room again at half of it", () => {
  const { intake, send, changes } = rig(alice, bob);
  send(alice, untilFull - 1);
  expect([intake.isFull(alice), changes()]).toEqual([false, 0]);
  send(alice, 1);
  expect([intake.isFull(alice), intake.isFull(bob), changes()]).toEqual([true, false, 1]);
  intake.taken(alice, waitingWeight / 2 - frameWeight(frame));
  expect(intake.isFull(alice)).toBe(true);
  intake.taken(alice, 2 * frameWeight(frame));
  expect([intake.isFull(alice), changes()]).toEqual([false, 2]);
});

it("has one share for all who do not belong here, which takes nothing from those who do", () => {
  const { intake, send } = rig(alice);
  send(bob, untilFull - 1);
  send(carol, 1);
  expect([alice, bob, carol].map((device) => intake.isFull(device))).toEqual([false, true, true]);
  intake.taken(bob, waitingWeight);
  expect(intake.isFull(carol)).toBe(false);
});

it("counts anew when somebody comes to belong here", () => {
  const { intake, send } = rig();
  send(bob, untilFull - 2);
  send(carol, 2);
  expect(intake.isFull(carol)).toBe(true);
  intake.welcome(new Set([carol]));
  expect([intake.isFull(bob), intake.isFull(carol)]).toEqual([false, false]);
  intake.taken(carol, 2 * frameWeight(frame));
  send(bob, 2);
  expect(intake.isFull(bob)).toBe(true);
});
