import { expect, test } from "vitest";
import { atLeast, atMost, figure } from "./figure.ts";
import { table } from "./table.ts";

test("a line says the median, the target and whether it was met", () => {
  const lines = table([
    figure("throughput", "messages/s", [2900, 3500, 3100], atLeast(3000)),
    figure("p99", "ms", [25.25], atMost(20)),
    figure("fdatasync", "ms", [0.2104]),
  ]).split("\n");
  expect(lines[1]).toMatch(/^throughput +3,100 +messages\/s +≥ 3,000 +ok +2,900 3,500 3,100$/);
  expect(lines[2]).toMatch(/^p99 +25\.3 +ms +≤ 20 +MISSED$/);
  expect(lines[3]).toMatch(/^fdatasync +0\.210 +ms$/);
});

test("exactly the target is good enough", () => {
  expect(
    table([figure("a", "s", [3], atMost(3)), figure("b", "/s", [500], atLeast(500))]),
  ).not.toContain("MISSED");
});
