import { expect, test } from "vitest";
import { passphraseStrength } from "./passphrase-strength.ts";

test.each(["", "abc123", "password", "aaaaaaaaaaaaaaaaaaaa", "tulip tulip tulip tulip tulip tulip"])("%j is weak", (text) => {
  expect(passphraseStrength(text)).toBe("weak");
});

test("several words or many different characters are good", () => {
  expect(passphraseStrength("copper lantern walks beside quiet water")).toBe("good");
  expect(passphraseStrength("7h!kQ2w%Zr9pLm4x")).toBe("good");
  expect(passphraseStrength("copper lantern walks quietly")).toBe("fair");
});
