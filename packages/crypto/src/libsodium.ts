/** libsodium as far as it is used here, or null where it has no build for this machine. */
import { createRequire } from "node:module";

/** Results are written into the first argument, or the first two. Arguments of a wrong length are an AssertionError. */
export interface Libsodium {
  crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void;
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void;
  crypto_sign_verify_detached(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ): boolean;
}

/** No build for this platform, one that asks for a newer C library, or an installation without it. */
const notHere = new Set(["ADDON_NOT_FOUND", "CANNOT_LOAD", "MODULE_NOT_FOUND"]);

/** @throws whatever else is wrong with it */
export function loadLibsodium(require: (name: string) => unknown): Libsodium | null {
  try {
    return require("sodium-native") as Libsodium;
  } catch (error) {
    if (notHere.has((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

export const libsodium = loadLibsodium(createRequire(import.meta.url));
