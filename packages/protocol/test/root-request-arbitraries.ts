/** fast-check arbitraries of what is asked and agreed about a workspace's root keys. */
import fc from "fast-check";
import { type EventId, type RootApproval, type RootRequest, compareBytes, toHex } from "../src/index.ts";
import { bytes } from "./arbitraries.ts";

const heads = fc.uniqueArray(bytes(32).map((id) => toHex(id) as EventId), { minLength: 1, maxLength: 4 }).map((ids) => ids.toSorted());

export const rootRequest: fc.Arbitrary<RootRequest | null> = fc.option(
  fc.record({ generation: fc.integer({ min: 1, max: 2 ** 32 - 1 }), next: bytes(32), heads, seq: fc.integer({ min: 1, max: 2 ** 40 }) }),
  { nil: null },
);

export const rootApprovals: fc.Arbitrary<RootApproval[]> = fc
  .uniqueArray(fc.tuple(bytes(32), bytes(64)), { minLength: 1, maxLength: 8, selector: ([key]) => toHex(key) })
  .map((approvals) => approvals.toSorted(([a], [b]) => compareBytes(a, b)));
