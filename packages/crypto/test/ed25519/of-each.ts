/** Ed25519 as each library beneath computes it, by name; a machine without a build of libsodium has only the other. */
import { type Ed25519, createEd25519 } from "../../src/ed25519.ts";
import { libsodiumEd25519 } from "../../src/ed25519-libsodium.ts";
import { opensslEd25519 } from "../../src/ed25519-openssl.ts";
import { libsodium } from "../../src/libsodium.ts";

type Named = readonly [name: string, create: () => Ed25519];

const sodium = libsodium;
export const ed25519OfEach: readonly Named[] = [
  ["OpenSSL", () => createEd25519(opensslEd25519())],
  ...(sodium === null ? [] : [["libsodium", () => createEd25519(libsodiumEd25519(sodium))] as const]),
];
