import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";

export function describeSettings(makeStore: MakeStore): void {
  describe("settings", () => {
    const subject = useStore(makeStore);

    it("are kept, replaced and removed", () => {
      const { store } = subject;
      expect(store.setting("theme")).toBeNull();
      store.putSetting("theme", "dark");
      store.putSetting("theme", "Ünï \u{1f600}");
      expect(subject.reopened().setting("theme")).toBe("Ünï \u{1f600}");
      subject.store.putSetting("theme", null);
      subject.store.putSetting("theme", null);
      expect(subject.reopened().setting("theme")).toBeNull();
    });

    it("tell an empty value from none", () => {
      subject.store.putSetting("draft", "");
      expect(subject.reopened().setting("draft")).toBe("");
    });

    it("are listed by prefix in order, taken literally", () => {
      const { store } = subject;
      for (const key of ["peer/b", "peer/a", "peer", "peer0", "pe%r/c", "read/x"])
        store.putSetting(key, key.toUpperCase());
      const keys = (prefix: string): string[] => store.settings(prefix).map(({ key }) => key);
      expect(store.settings("peer/")).toEqual([
        { key: "peer/a", value: "PEER/A" },
        { key: "peer/b", value: "PEER/B" },
      ]);
      expect(keys("peer")).toEqual(["peer", "peer/a", "peer/b", "peer0"]);
      expect(keys("pe%r")).toEqual(["pe%r/c"]);
      expect(keys("z")).toEqual([]);
      expect(keys("")).toHaveLength(6);
    });
  });
}
