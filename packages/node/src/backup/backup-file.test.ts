import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync, appendFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBackupFiles } from "./backup-file.ts";

/** Cheap, for tests; the cost stands in the file. */
const files = createBackupFiles({ cost: { N: 16, r: 1, p: 1 }, chunkSize: 64 });
const items = [new Uint8Array(3).fill(1), new Uint8Array(0), new Uint8Array(200).fill(2), new Uint8Array(60).fill(3)];

describe("a backup file", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "backup-"));
    path = join(folder, "all.backup");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function write(passphrase = "correct horse"): Promise<number> {
    const sink = await files.create(path, passphrase);
    for (const item of items) await sink.write(item);
    return sink.close();
  }

  async function read(passphrase = "correct horse"): Promise<Uint8Array[]> {
    const source = await files.open(path, passphrase);
    const found: Uint8Array[] = [];
    try {
      for (let item = await source.next(); item !== null; item = await source.next()) found.push(item);
    } finally {
      await source.close();
    }
    return found;
  }

  it("gives back what was written, and is no longer than it must be", async () => {
    const bytes = await write();
    expect(await read()).toEqual(items);
    expect(readFileSync(path).length).toBe(bytes);
    expect(readFileSync(path).includes(Buffer.alloc(60, 3))).toBe(false);
  });

  it("is the file of the vectors", async () => {
    const url = new URL("../../../../spec/vectors/valid/devices.json", import.meta.url);
    const { backupFiles } = JSON.parse(readFileSync(url, "utf8")) as { backupFiles: [{ file: string; passphrase: string; content: string }] };
    const [{ file, passphrase, content }] = backupFiles;
    writeFileSync(path, Buffer.from(file, "hex"));
    const found = await read(passphrase);
    const length = (item: Uint8Array): Buffer => Buffer.from([0, 0, 0, item.length]);
    expect(Buffer.concat(found.flatMap((item) => [length(item), item])).toString("hex")).toBe(content);
  });

  it("tells a wrong passphrase from damage", async () => {
    await write();
    await expect(read("wrong horse")).rejects.toMatchObject({ code: "wrong-passphrase" });
    await expect(read("correct horse ")).rejects.toMatchObject({ code: "wrong-passphrase" });
  });

  it("takes a passphrase however its accents are typed", async () => {
    await write("caf\u00e9");
    expect(await read("cafe\u0301")).toEqual(items);
  });

  it("notices every changed byte, and never calls it a wrong passphrase but where that is what was changed", async () => {
    await write();
    const whole = readFileSync(path);
    const header = 16 + 4 + whole.readUInt32BE(16) + 4;
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      writeFileSync(path, changed);
      const code = at >= header && at < header + 32 ? "wrong-passphrase" : "file-damaged";
      await expect(read(), `byte ${at}`).rejects.toMatchObject({ code });
    }
  });

  it("notices every place where it can be cut, and what was added", async () => {
    await write();
    const whole = readFileSync(path);
    for (let length = whole.length - 1; length >= 0; length -= 7) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      await expect(read(), `${length} bytes`).rejects.toMatchObject({ code: "file-damaged" });
    }
    writeFileSync(path, whole);
    appendFileSync(path, "more");
    await expect(read()).rejects.toMatchObject({ code: "file-damaged" });
  });

  it("notices chunks that changed their places", async () => {
    await write();
    const whole = readFileSync(path);
    const start = 16 + 4 + whole.readUInt32BE(16) + 4 + 32;
    const chunk = (n: number): Buffer => whole.subarray(start + n * 80, start + (n + 1) * 80);
    writeFileSync(path, Buffer.concat([whole.subarray(0, start), chunk(1), chunk(0), whole.subarray(start + 160)]));
    await expect(read()).rejects.toMatchObject({ code: "file-damaged" });
    writeFileSync(path, Buffer.concat([whole.subarray(0, start), chunk(0), whole.subarray(start + 160)]));
    await expect(read()).rejects.toMatchObject({ code: "file-damaged" });
  });

  it("is not written over another file, and what was begun does not stay", async () => {
    await write();
    await expect(files.create(path, "x")).rejects.toMatchObject({ code: "file-exists" });
    const other = join(folder, "begun");
    const sink = await files.create(other, "x");
    await sink.write(items[2]!);
    await sink.abort();
    await expect(files.open(other, "x")).rejects.toMatchObject({ code: "file-unreadable" });
  });

  it("has its name only once it is whole", async () => {
    const sink = await files.create(path, "x");
    await sink.write(items[2]!);
    expect(readdirSync(folder)).toEqual(["all.backup.unfinished"]);
    await sink.write(items[3]!);
    await sink.close();
    expect(readdirSync(folder)).toEqual(["all.backup"]);
  });

  it("takes the place of what an interruption left, and of nothing else", async () => {
    writeFileSync(`${path}.unfinished`, "half of one");
    const sink = await files.create(path, "x");
    writeFileSync(path, "somebody else's");
    await expect(sink.close()).rejects.toMatchObject({ code: "file-exists" });
    await sink.abort();
    expect(readFileSync(path, "utf8")).toBe("somebody else's");
    expect(readdirSync(folder)).toEqual(["all.backup"]);
  });

  it.each(["writeFile", "sync"] as const)("leaves nothing where the disk is full at %s", async (when) => {
    let room = 3;
    const full = createBackupFiles({
      cost: { N: 16, r: 1, p: 1 },
      chunkSize: 64,
      async openFile(...args) {
        const file = await open(...args);
        const write = file[when].bind(file) as (...given: unknown[]) => Promise<void>;
        return Object.assign(file, {
          [when]: (...given: unknown[]) => (when === "writeFile" && room-- > 0 ? write(...given) : Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" }))),
        });
      },
    });
    const sink = await full.create(path, "x");
    const writing = (async () => {
      for (const item of items) await sink.write(item);
      await sink.close();
    })();
    await expect(writing).rejects.toMatchObject({ code: "disk-full", message: expect.stringContaining("Free some space") as string });
    await sink.abort();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says what is wrong with a path", async () => {
    mkdirSync(join(folder, "inner"));
    await expect(files.open(join(folder, "inner"), "x")).rejects.toMatchObject({ code: "file-unreadable", message: expect.stringContaining("is a folder") as string });
    await expect(files.open(join(folder, "none"), "x")).rejects.toMatchObject({ code: "file-unreadable", message: expect.stringContaining("is not there") as string });
    await expect(files.create(join(folder, "none", "all"), "x")).rejects.toMatchObject({ code: "file-unreadable", message: expect.stringContaining("its folder is not") as string });
    await expect(files.create(join(folder, "inner"), "x")).rejects.toMatchObject({ code: "file-exists" });
  });
});
