/** Safety numbers (spec/10-trust.md): 60 digits that two people compare to know that neither talks to somebody in between. */
import { type AccountId, concat, idToBytes, labels } from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";

/** About 10 ms for both accounts; for whoever looks for an account with a close number, the same for each one tried. */
const rounds = 5200;
const groups = 6;
const groupBytes = 5;

/** Sixty digits, the same whichever of the two comes first. */
export function safetyNumber(crypto: Pick<Crypto, "sha256">, a: AccountId, b: AccountId): string {
  return [a, b].sort().map((account) => half(crypto, account)).join("");
}

/** As it is shown and read out: twelve groups of five. */
export function groupedDigits(digits: string): string {
  return (digits.match(/.{1,5}/g) ?? []).join(" ");
}

function half(crypto: Pick<Crypto, "sha256">, account: AccountId): string {
  const id = idToBytes(account);
  let digest: Uint8Array = id;
  for (let round = 0; round < rounds; round++) digest = crypto.sha256(concat(labels.safetyNumber, digest, id));
  return Array.from({ length: groups }, (_, group) => {
    const value = digest.subarray(group * groupBytes, (group + 1) * groupBytes).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 100_000).padStart(5, "0");
  }).join("");
}
