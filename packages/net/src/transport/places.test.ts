import { describe, expect, it } from "vitest";
import { Places } from "./places.ts";

function rig(total: number, perHost: number) {
  const places = new Places(total, perHost);
  const gone: string[] = [];
  const come = (host: string, name: string) => {
    const visitor = { host, turnOut: () => void gone.push(name) };
    places.take(visitor);
    return visitor;
  };
  return { places, gone, come };
}

describe("places", () => {
  it("turn out the longest there of one host that has too many", () => {
    const { gone, come } = rig(10, 2);
    for (const name of ["a1", "a2", "a3", "a4"]) come("a", name);
    expect(gone).toEqual(["a1", "a2"]);
  });

  it("are taken from the host that has most, so that one that floods drives nobody else out", () => {
    const { gone, come } = rig(4, 4);
    come("b", "b1");
    for (const name of ["a1", "a2", "a3", "a4", "a5"]) come("a", name);
    come("c", "c1");
    expect(gone).toEqual(["a1", "a2", "a3"]);
  });

  it("are free again when somebody leaves, who is not turned out any more", () => {
    const { places, gone, come } = rig(2, 2);
    const first = come("a", "a1");
    places.leave(first);
    places.leave(first);
    come("a", "a2");
    come("b", "b1");
    expect(gone).toEqual([]);
    come("b", "b2");
    expect(gone).toEqual(["b1"]);
  });

  it("are not counted twice for one visitor", () => {
    const { places, gone, come } = rig(2, 2);
    const first = come("a", "a1");
    places.take(first);
    come("a", "a2");
    expect(gone).toEqual([]);
  });
});
