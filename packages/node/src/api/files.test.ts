import { readdir, readFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import type { FileView } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { byteRange } from "./byte-range.ts";
import { type ApiHarness, startApi } from "./testing/api-harness.ts";

const message = "a".repeat(64);
const chunk = 131_072;
const refusal = (code: string): unknown => ({ ok: false, error: { code, message: expect.any(String) } });

interface Given {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}

function ask(api: ApiHarness, path: string, headers: Record<string, string> = {}): Promise<Given> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port: api.api.port, path, headers: { authorization: `Bearer ${api.token}`, ...headers }, agent: false }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () => resolve({ status: incoming.statusCode!, headers: incoming.headers, bytes: Buffer.concat(parts) }));
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

/** Hands text over, and has the engine say that the message names it so. */
async function put(api: ApiHarness, body: string, file: Partial<FileView> = {}): Promise<string> {
  const answer = await api.request("/api/v1/files", { method: "POST", headers: { authorization: `Bearer ${api.token}` }, body });
  expect(answer.status).toBe(200);
  const { blob, size } = (answer.json as { value: { blob: string; size: number } }).value;
  expect(size).toBe(Buffer.byteLength(body));
  const whole: FileView = { blob, name: "picture.png", type: "image/png", size, shape: {}, state: { step: "here" }, thumbHere: false, ...file };
  api.engine.answer("file.get", () => ({ ok: true, value: { file: whole } }));
  return blob;
}

async function stored(api: ApiHarness): Promise<string[]> {
  const entries = await readdir(join(api.dataDir, "blobs"), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

test("what was handed over comes back, whole or a part of it", async () => {
  await using api = await startApi();
  const body = "0123456789".repeat(30_000);
  const blob = await put(api, body);
  const path = `/api/v1/files/${blob}?event=${message}`;
  const whole = await ask(api, path);
  expect([whole.status, whole.bytes.toString() === body]).toEqual([200, true]);
  expect(whole.headers).toMatchObject({
    "content-type": "image/png",
    "content-length": "300000",
    "content-disposition": "inline; filename*=UTF-8''picture.png",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    etag: `"${blob}"`,
  });
  const part = await ask(api, path, { range: `bytes=${chunk - 5}-${chunk + 4}` });
  expect([part.status, part.headers["content-range"], part.bytes.toString()]).toEqual([206, `bytes ${chunk - 5}-${chunk + 4}/300000`, body.slice(chunk - 5, chunk + 5)]);
  expect((await ask(api, path, { range: "bytes=-3" })).bytes.toString()).toBe("789");
  expect((await ask(api, path, { range: "bytes=300000-" })).status).toBe(416);
  expect((await ask(api, path, { "if-none-match": `"${blob}"` })).status).toBe(304);
  expect((await ask(api, path, { range: "bytes=0-1", "if-range": '"other"' })).status).toBe(200);
});

test.each(["text/html", "image/svg+xml", "application/pdf", "text/javascript", "application/xhtml+xml"])("%s is for saving, never shown", async (type) => {
  await using api = await startApi();
  const blob = await put(api, "<script>alert(1)</script>", { type, name: "../../über\"'\r\n.html" });
  const { headers } = await ask(api, `/api/v1/files/${blob}?event=${message}`);
  expect(headers["content-type"]).toBe("application/octet-stream");
  expect(headers["content-disposition"]).toBe("attachment; filename*=UTF-8''_.._%C3%BCber_%27.html");
});

test("a thumbnail is what its first bytes say", async () => {
  await using api = await startApi();
  const page = await put(api, "<html>");
  await put(api, "something else");
  expect((await ask(api, `/api/v1/files/${page}?event=${message}`)).headers["content-type"]).toBe("application/octet-stream");
});

test("nothing is given or taken without being let in", async () => {
  await using api = await startApi();
  const blob = await put(api, "secret");
  const path = `/api/v1/files/${blob}?event=${message}`;
  expect((await api.request(path)).status).toBe(401);
  expect((await ask(api, path, { origin: "http://evil.example" })).status).toBe(403);
  expect((await api.request("/api/v1/files", { method: "POST", body: "x" })).status).toBe(401);
  api.engine.answer("file.get", () => ({ ok: false, error: { code: "not-found", message: "no" } }));
  expect((await ask(api, path)).status).toBe(404);
  expect((await ask(api, `/api/v1/files/..%2F..%2Fapi-token?event=${message}`)).status).toBe(400);
  expect((await ask(api, `/api/v1/files/${"0".repeat(64)}?event=x`)).status).toBe(400);
});

test("an empty file is refused, and what breaks off leaves nothing", async () => {
  await using api = await startApi();
  const headers = { authorization: `Bearer ${api.token}` };
  const empty = await api.request("/api/v1/files", { method: "POST", headers });
  expect([empty.status, empty.json]).toEqual([400, refusal("bad-request")]);
  const cut = new Promise<void>((resolve) => {
    const outgoing = request({ host: "127.0.0.1", port: api.api.port, path: "/api/v1/files", method: "POST", headers: { ...headers, "content-length": "1000000" }, agent: false });
    outgoing.on("error", () => resolve());
    outgoing.write("x".repeat(400_000), () => void setTimeout(() => outgoing.destroy(new Error("gone")), 100));
  });
  await cut;
  await expect.poll(() => stored(api)).toEqual([]);
});

test("a damaged piece breaks the answer off and is fetched again", async () => {
  await using api = await startApi();
  const blob = await put(api, "0123456789".repeat(30_000));
  const path = join(api.dataDir, "blobs", blob.slice(0, 2), blob.slice(2));
  const bytes = await readFile(path);
  bytes[200_000]! ^= 1;
  await writeFile(path, bytes);
  const asked: string[] = [];
  api.engine.answer("file.fetch", ({ blob: wanted }) => {
    asked.push(wanted);
    return { ok: false, error: { code: "not-found", message: "later" } };
  });
  await expect(ask(api, `/api/v1/files/${blob}?event=${message}`)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  expect(asked).toEqual([blob]);
  expect((await ask(api, `/api/v1/files/${blob}?event=${message}`)).status).toBe(404);
});

test.each([
  [undefined, "whole"],
  ["bytes=0-0", { from: 0, to: 0 }],
  ["bytes=5-", { from: 5, to: 9 }],
  ["bytes=5-99", { from: 5, to: 9 }],
  ["bytes=-4", { from: 6, to: 9 }],
  ["bytes=-99", { from: 0, to: 9 }],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=5-4", "whole"],
  ["bytes=0-1,3-4", "whole"],
  ["bytes=-", "whole"],
  ["lines=1-2", "whole"],
])("of ten bytes, the range %s is %j", (header, range) => {
  expect(byteRange(header, 10)).toEqual(range);
});
