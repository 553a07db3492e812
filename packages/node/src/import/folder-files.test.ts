import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createExportFiles } from "./folder-files.ts";
import { type ExportPlace, ImportError } from "./imported.ts";

const files = createExportFiles();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "multichat-import-"));
  await mkdir(join(folder, "export", "garden"), { recursive: true });
  await writeFile(join(folder, "secret.json"), "[]");
  await writeFile(join(folder, "export", "users.json"), "[1]");
  await writeFile(join(folder, "export", "garden", "day.json"), "[2]");
});
afterAll(() => rm(folder, { recursive: true }));

async function textOf(place: ExportPlace, name?: string): Promise<string> {
  let text = "";
  for await (const piece of place.read(name)) text += Buffer.from(piece).toString();
  return text;
}

test("a folder is listed by name and read by name; a file is read as it is", async () => {
  const place = await files.open(join(folder, "export"));
  expect(place).toMatchObject({ name: "export", isFolder: true });
  expect(await place.list()).toEqual([
    { name: "garden", isFolder: true },
    { name: "users.json", isFolder: false },
  ]);
  expect(await place.list("garden")).toEqual([{ name: "day.json", isFolder: false }]);
  expect(await textOf(place, "garden/day.json")).toBe("[2]");
  expect(await textOf(await files.open(join(folder, "secret.json")))).toBe("[]");
});

test.each([
  "../secret.json",
  "garden/../../secret.json",
  "/etc/passwd",
  "garden/\0",
  "missing.json",
  "garden",
])("%j is not read", async (name) => {
  const place = await files.open(join(folder, "export"));
  await expect(textOf(place, name)).rejects.toThrow(ImportError);
});

test("links lead nowhere, neither those of files nor those of folders", async () => {
  const linked = join(folder, "linked");
  await mkdir(linked);
  await symlink(join(folder, "secret.json"), join(linked, "users.json"));
  await symlink(folder, join(linked, "up"));
  const place = await files.open(linked);
  await expect(place.list()).rejects.toThrow("is a link");
  await expect(textOf(place, "users.json")).rejects.toThrow("is a link");
  await expect(textOf(place, "up/secret.json")).rejects.toThrow("is a link");
});
