import type { DeviceId } from "@multichat/protocol";
import { expect, test } from "vitest";
import { createTally, tellEvery } from "./tally.ts";

const device = (digit: string): DeviceId => digit.repeat(64) as DeviceId;

test("tells the sum for each device, once there is enough of it", () => {
  const told: [DeviceId, number][][] = [];
  const count = createTally((taken) => told.push(taken));
  const part = tellEvery / 4;
  for (const digit of ["a", "b", "a"]) count(device(digit), part);
  expect(told).toEqual([]);
  count(device("b"), part + 1);
  expect(told).toEqual([
    [
      [device("a"), 2 * part],
      [device("b"), 2 * part + 1],
    ],
  ]);
  for (let i = 0; i < 4; i++) count(device("c"), part);
  expect(told[1]).toEqual([[device("c"), 4 * part]]);
});
