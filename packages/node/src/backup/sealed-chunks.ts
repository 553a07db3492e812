/** The sealed form of a backup (spec/09-devices.md, Backup): a key from the passphrase, and chunks that know their place and the last. */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { decode, encode, labels } from "@multichat/protocol";
import { BackupError } from "../engine/accounts/backup/backup-files.ts";

export interface Cost {
  N: number;
  r: number;
  p: number;
}

/** 128 MiB and about half a second: each guess costs as much. */
export const usualCost: Cost = { N: 2 ** 17, r: 8, p: 1 };
/** What a file may ask of its reader. */
const mostCost: Cost = { N: 2 ** 20, r: 32, p: 4 };
export const usualChunkSize = 65_536;
const mostChunkSize = 1_048_576;
export const tagLength = 16;
const magic = Buffer.from("multichat-backup", "latin1");
const sumLength = 4;
const checkLength = 32;
const mostHeader = 128;

export interface Sealing {
  /** Of each full chunk's content. */
  chunkSize: number;
  seal(index: number, last: boolean, content: Uint8Array): Uint8Array;
  /** Null when it does not open. */
  open(index: number, last: boolean, chunk: Uint8Array): Uint8Array | null;
}

export async function passphraseKey(passphrase: string, salt: Uint8Array, { N, r, p }: Cost, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    scrypt(passphrase.normalize("NFKC"), salt, length, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

/** A new file's beginning, and how to seal what follows. */
export async function beginSealing(passphrase: string, cost: Cost = usualCost, chunkSize: number = usualChunkSize): Promise<{ head: Uint8Array; sealing: Sealing }> {
  const salt = randomBytes(16);
  const header = Buffer.from(encode([1, cost.N, cost.r, cost.p, new Uint8Array(salt), chunkSize]));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  const plain = Buffer.concat([magic, length, header]);
  const key = await passphraseKey(passphrase, salt, cost, 64);
  return { head: Buffer.concat([plain, sumOf(plain), checkOf(key, header)]), sealing: sealingWith(key.subarray(32), chunkSize) };
}

/** @param read the next bytes of the file; fewer where it ends. @throws BackupError */
export async function openSealing(passphrase: string, read: (length: number) => Promise<Uint8Array>): Promise<Sealing> {
  const start = Buffer.from(await read(magic.length + 4));
  if (start.length < magic.length + 4 || !start.subarray(0, magic.length).equals(magic)) throw damaged("It is no backup of Multichat.");
  const length = start.readUInt32BE(magic.length);
  if (length > mostHeader) throw damaged("Its beginning cannot be read.");
  const header = Buffer.from(await read(length));
  const sum = Buffer.from(await read(sumLength));
  if (!sumOf(Buffer.concat([start, header])).equals(sum)) throw damaged("Its beginning cannot be read.");
  const { cost, salt, chunkSize } = readHeader(header);
  const check = Buffer.from(await read(checkLength));
  if (check.length < checkLength) throw damaged("It is cut short.");
  const key = await passphraseKey(passphrase, salt, cost, 64);
  if (!timingSafeEqual(checkOf(key, header), check)) throw new BackupError("wrong-passphrase", "This is not the passphrase of this backup.");
  return sealingWith(key.subarray(32), chunkSize);
}

export function damaged(why: string): BackupError {
  return new BackupError("file-damaged", `This backup is damaged. ${why}`);
}

function readHeader(header: Uint8Array): { cost: Cost; salt: Uint8Array; chunkSize: number } {
  const decoded = decode(header);
  const fields = decoded.ok && Array.isArray(decoded.value) ? decoded.value : [];
  const [version, N, r, p, salt, chunkSize] = fields as unknown[];
  if (version !== 1) throw new BackupError("file-unreadable", "This backup was made by a newer Multichat. Update this one.");
  const within = (value: unknown, most: number): value is number => typeof value === "number" && value >= 1 && value <= most;
  const fits = within(N, mostCost.N) && N > 1 && Number.isInteger(Math.log2(N)) && within(r, mostCost.r) && within(p, mostCost.p) && within(chunkSize, mostChunkSize);
  if (fields.length !== 6 || !fits || !(salt instanceof Uint8Array) || salt.length !== 16) throw damaged("Its beginning says what cannot be.");
  return { cost: { N, r, p }, salt, chunkSize };
}

function sumOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest().subarray(0, sumLength);
}

function checkOf(key: Buffer, header: Uint8Array): Buffer {
  return createHmac("sha256", key.subarray(0, 32)).update(labels.backup).update(header).digest();
}

function sealingWith(key: Uint8Array, chunkSize: number): Sealing {
  /** n as 11 bytes and whether it is the last: no chunk can be moved, left out or taken for the end. */
  function nonce(index: number, last: boolean): Buffer {
    const bytes = Buffer.alloc(12);
    bytes.writeUIntBE(index, 5, 6);
    bytes[11] = last ? 1 : 0;
    return bytes;
  }
  return {
    chunkSize,
    seal(index, last, content) {
      const cipher = createCipheriv("aes-256-gcm", key, nonce(index, last));
      return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    },
    open(index, last, chunk) {
      if (chunk.length < tagLength) return null;
      const decipher = createDecipheriv("aes-256-gcm", key, nonce(index, last));
      decipher.setAuthTag(chunk.subarray(chunk.length - tagLength));
      try {
        return Buffer.concat([decipher.update(chunk.subarray(0, -tagLength)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
