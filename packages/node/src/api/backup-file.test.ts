import { readFile, stat, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { startApi } from "./testing/api-harness.ts";

const path = "/api/v1/backup-file";

test("a backup of a browser's is kept for its owner alone, however long it is", async () => {
  await using api = await startApi();
  const body = "x".repeat(limits.requestBytes * 2);
  const response = await api.request(path, {
    method: "PUT",
    headers: { authorization: `Bearer ${api.token}` },
    body,
  });
  const { value } = response.json as { value: { path: string } };
  expect(await readFile(value.path, "utf8")).toBe(body);
  expect((await stat(value.path)).mode & 0o077).toBe(0);
});

test("what was written to a reserved path can be downloaded, and is gone once another is reserved", async () => {
  await using api = await startApi();
  const headers = { authorization: `Bearer ${api.token}` };
  const { json } = await api.request(path, { method: "POST", headers });
  const { value } = json as { value: { path: string } };
  expect((await api.request(path, { headers })).status).toBe(404);
  await writeFile(value.path, "sealed");
  const download = await api.request(path, { headers });
  expect([download.status, download.text]).toEqual([200, "sealed"]);
  expect(download.headers["content-disposition"]).toMatch(
    /^attachment; filename="multichat-\d{4}-\d\d-\d\d\.multichat-backup"$/,
  );
  await api.request(path, { method: "POST", headers });
  expect((await api.request(path, { headers })).status).toBe(404);
});

test.each(["GET", "POST", "PUT"])("%s from somebody unknown is refused", async (method) => {
  await using api = await startApi();
  expect((await api.request(path, { method })).status).toBe(401);
});
