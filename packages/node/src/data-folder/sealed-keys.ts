/** The passphrase of the keys file (spec/09-devices.md, The keys file). */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { fromHex, toHex } from "@multichat/protocol";
import { z } from "zod";

const hex = z.string().regex(/^([0-9a-f]{2})+$/);
export const sealedForm = z.object({
  N: z.int().min(2).max(2 ** 20),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(4),
  salt: hex,
  nonce: hex.length(24),
  data: hex,
});
export type Sealed = z.infer<typeof sealedForm>;

/** As for backups: half a second and 128 MiB for each guess. */
const usualCost = { N: 2 ** 17, r: 8, p: 1 };
const tagLength = 16;

/** What a passphrase stands for in one file. A secret. */
export interface VaultKey {
  key: Uint8Array;
  salt: Uint8Array;
  N: number;
  r: number;
  p: number;
}

export function newVaultKey(passphrase: string, cost: Pick<VaultKey, "N" | "r" | "p"> = usualCost): VaultKey {
  return derive(passphrase, new Uint8Array(randomBytes(16)), cost);
}

/** The key, if the passphrase is right. */
export function unlockKey(sealed: Sealed, passphrase: string): VaultKey | null {
  const key = derive(passphrase, fromHex(sealed.salt), sealed);
  return unseal(sealed, key) === null ? null : key;
}

function derive(passphrase: string, salt: Uint8Array, { N, r, p }: Pick<VaultKey, "N" | "r" | "p">): VaultKey {
  return { key: new Uint8Array(scryptSync(passphrase.normalize("NFKC"), salt, 32, { N, r, p, maxmem: 256 * N * r })), salt, N, r, p };
}

export function seal(plain: string, { key, salt, N, r, p }: VaultKey): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { N, r, p, salt: toHex(salt), nonce: nonce.toString("hex"), data: data.toString("hex") };
}

/** Null when the key does not fit, or a byte was changed. */
export function unseal({ nonce, data }: Sealed, { key }: Pick<VaultKey, "key">): string | null {
  const bytes = Buffer.from(data, "hex");
  if (bytes.length < tagLength) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "hex"));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagLength)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
