import { voidReasons, type AuditDeed } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { permissionGroups } from "../roles/permission-list.ts";
import { deedDetails, deedText, voidText } from "./deed-text.ts";

const said = (deed: AuditDeed, of: string | null = "Eve"): string => deedText(deed, "Bruno", of);

test("a deed is a whole sentence with both names", () => {
  expect(said({ did: "remove" })).toBe("Bruno removed Eve");
  expect(said({ did: "give-role", role: "Keeper" })).toBe("Bruno gave Eve the role Keeper");
  expect(said({ did: "leave" })).toBe("Bruno left");
  expect(said({ did: "create-channel", channel: "compost" })).toBe("Bruno created #compost");
});

test("what is not known any more is said in general", () => {
  expect(said({ did: "take-role", role: null }, null)).toBe("Bruno took a role from somebody");
  expect(said({ did: "lock", channel: null })).toBe("Bruno locked a channel");
});

test("an end is said in the reader's own time, and left out where there is none", () => {
  expect(said({ did: "ban", until: 0 })).toBe("Bruno banned Eve");
  expect(said({ did: "ban", until: Date.UTC(2126, 10, 24, 12) })).toMatch(/^Bruno banned Eve until .*2126/u);
  expect(said({ did: "slow", channel: "general", seconds: 0 })).toBe("Bruno ended slow mode in #general");
  expect(said({ did: "slow", channel: "general", seconds: 30 })).toBe("Bruno set slow mode in #general to 30 seconds");
});

test("permissions are named as in the settings, beside the sentence", () => {
  const deed = { did: "override", channel: "general", subject: "account", role: null, allow: ["pin"], deny: ["send", "react"] } as const;
  expect(said({ ...deed, allow: [...deed.allow], deny: [...deed.deny] })).toBe("Bruno set in #general what Eve may do");
  expect(deedDetails({ ...deed, allow: [...deed.allow], deny: [...deed.deny] })).toEqual(["Allowed: Pin messages", "Denied: Send messages, React"]);
  expect(said({ did: "override", channel: "general", subject: "everyone", role: null, allow: [], deny: [] })).toBe("Bruno took back in #general what was set for everyone");
  for (const name of Object.values(permissionGroups).flat()) expect(deedDetails({ did: "change-role", role: "Keeper", on: [name], off: [], name: null, colour: null })[0]).not.toContain("permission.");
  expect(deedDetails({ did: "change-role", role: "Keeper", on: ["from-a-newer-version"], off: [], name: null, colour: null })).toEqual(["Now allows: from-a-newer-version"]);
});

test("settings of the workspace are said by what they do", () => {
  expect(said({ did: "set-policy", key: "name", value: "Garden" })).toBe("Bruno named the workspace Garden");
  expect(said({ did: "set-policy", key: "admission", value: "approve" })).toBe("Bruno made joining need an approval");
  expect(said({ did: "set-policy", key: "admission", value: "open" })).toBe("Bruno let people with an invite in without an approval");
  expect(said({ did: "set-policy", key: "history", value: "join" })).toBe("Bruno let newcomers read only what is written after they join");
  expect(said({ did: "set-policy", key: "history", value: "all" })).toBe("Bruno let newcomers read what was written before they join");
  expect(said({ did: "set-policy", key: "motto", value: 3 })).toBe("Bruno set motto to 3");
});

test("every reason to be without effect has its words", () => {
  for (const reason of voidReasons) expect(voidText(reason)).toMatch(/^without effect: [a-z ]+$/u);
});
