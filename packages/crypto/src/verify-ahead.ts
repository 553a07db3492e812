/**
 * Signatures checked on libuv's threads before the answer is asked for. Callers stay synchronous: begin() a batch, wait for it, and
 * then every verify() of the batch finds its answer here. An answer is given for exactly the bytes it was computed from, and once.
 */
import { type KeyObject, verify } from "node:crypto";
import { answersAhead } from "./limits.ts";
import { isStrictlyEncoded } from "./strict-ed25519.ts";

export interface SignatureCheck {
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array;
  message: Uint8Array;
  signature: Uint8Array;
}

export interface VerifyAhead {
  /** Resolves when all are through, whatever the answers are. */
  begin(checks: readonly SignatureCheck[]): Promise<void>;
  /** The answer if there is one; it is forgotten with that. */
  take(check: SignatureCheck): boolean | null;
}

export function createVerifyAhead(importKey: (raw: Uint8Array) => KeyObject): VerifyAhead {
  /** By signature. A Map iterates in the order of insertion: answers nobody asks for leave first. */
  const answers = new Map<string, SignatureCheck & { valid: boolean }>();

  function remember(check: SignatureCheck, valid: boolean): void {
    answers.set(nameOf(check), { ...check, valid });
    if (answers.size > answersAhead) answers.delete(answers.keys().next().value!);
  }

  return {
    begin(checks) {
      const strict = checks.filter(({ publicKey, signature }) => isStrictlyEncoded(publicKey, signature));
      if (strict.length === 0) return Promise.resolve();
      return new Promise((resolve) => {
        let open = strict.length;
        for (const check of strict) {
          verify(null, check.message, importKey(check.publicKey), check.signature, (error, valid) => {
            // One that could not be made is made again when it is asked for, where its error belongs.
            if (error === null) remember(check, valid);
            if (--open === 0) resolve();
          });
        }
      });
    },
    take(check) {
      const name = nameOf(check);
      const answer = answers.get(name);
      if (answer === undefined) return null;
      if (Buffer.compare(answer.publicKey, check.publicKey) !== 0) return null;
      if (Buffer.compare(answer.message, check.message) !== 0) return null;
      answers.delete(name);
      return answer.valid;
    },
  };
}

function nameOf({ signature }: SignatureCheck): string {
  return Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength).toString("latin1");
}
