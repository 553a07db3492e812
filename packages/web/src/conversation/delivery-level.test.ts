import { expect, test } from "vitest";
import { deliveryLevel } from "./delivery-level.ts";

const on = (devices: number, of: number) => deliveryLevel({ stored: true, devices, of });

test("saving, stored here, on some, on all", () => {
  expect(deliveryLevel(null)).toBe("saving");
  expect(on(0, 5)).toBe("stored");
  expect(on(2, 5)).toBe("some");
  expect(on(5, 5)).toBe("all");
});

test("with nobody else there is no 'all': it is only stored here", () => {
  expect(on(0, 0)).toBe("stored");
});
