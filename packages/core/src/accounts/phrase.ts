/** The recovery phrase (spec/02-accounts.md): 24 BIP-39 words that are the identity seed itself, not its PBKDF2 stretching. */
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

/** @param identitySeed 32 bytes */
export function phraseWords(identitySeed: Uint8Array): string[] {
  return entropyToMnemonic(identitySeed, wordlist).split(" ");
}
