import { once } from "node:events";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { startApi } from "./testing/api-harness.ts";

const refusal = (code: string): unknown => ({
  ok: false,
  error: { code, message: expect.any(String) },
});

test("a command is carried out and answered", async () => {
  await using api = await startApi();
  const response = await api.command("space.create", { name: "  Team " });
  expect(response.status).toBe(200);
  expect(response.json).toMatchObject({ ok: true, value: { space: { name: "Team" } } });
  expect(response.headers["cache-control"]).toBe("no-store");
});

test("what the engine refuses arrives as it said it", async () => {
  await using api = await startApi();
  api.engine.answer("message.send", () => ({
    ok: false,
    error: { code: "disk-full", message: "The disk is full." },
  }));
  const response = await api.command("message.send", { channel: "0".repeat(64), text: "hello" });
  expect(response.status).toBe(409);
  expect(response.json).toEqual({
    ok: false,
    error: { code: "disk-full", message: "The disk is full." },
  });
});

test("a bug in the engine is an internal error that tells the caller nothing of it", async () => {
  await using api = await startApi();
  const bug = new Error("secret detail");
  api.engine.answer("space.list", () => {
    throw bug;
  });
  const response = await api.command("space.list");
  expect(response.status).toBe(500);
  expect(response.json).toEqual(refusal("internal"));
  expect(response.text).not.toContain("secret");
  expect(api.internalErrors).toEqual([bug]);
});

test("a body over the limit is refused, whether it says its length or not", async () => {
  await using api = await startApi();
  const headers = { authorization: `Bearer ${api.token}` };
  const body = JSON.stringify({
    command: "space.create",
    params: { name: "x".repeat(limits.requestBytes) },
  });
  const declared = await api.request("/api/v1/command", { method: "POST", headers, body });
  expect([declared.status, declared.json]).toEqual([413, refusal("too-large")]);
  const chunked = await api.request("/api/v1/command", {
    method: "POST",
    headers: { ...headers, "transfer-encoding": "chunked" },
    body,
  });
  expect([chunked.status, chunked.json]).toEqual([413, refusal("too-large")]);
  expect(api.engine.executed).toEqual([]);
});

test("of whoever is not let in no body is taken, nor waited for", async () => {
  await using api = await startApi();
  const { host, port } = new URL(api.api.url);
  const answerTo = async (request: string): Promise<string> => {
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(request);
    const [first] = (await once(socket, "data")) as [Buffer];
    socket.destroy();
    return first.toString().split("\r\n")[0]!;
  };
  const begun = `Host: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"co\r\n`;
  expect(await answerTo(`POST /api/v1/command HTTP/1.1\r\n${begun}`)).toBe("HTTP/1.1 401 Unauthorized");
  const code = await api.request("/api/v1/session", { method: "POST", body: JSON.stringify({ code: "x".repeat(2_000) }) });
  expect([code.status, code.json]).toEqual([413, refusal("too-large")]);
});

test("a body need not say its length, and a request that needs none need not have one", async () => {
  await using api = await startApi();
  const headers = { authorization: `Bearer ${api.token}`, "transfer-encoding": "chunked" };
  const body = JSON.stringify({ command: "space.create", params: { name: "Team" } });
  const chunked = await api.request("/api/v1/command", { method: "POST", headers, body });
  expect(chunked.json).toMatchObject({ ok: true, value: { space: { name: "Team" } } });

  const socket = connect(Number(new URL(api.api.url).port), "127.0.0.1");
  // As curl sends it: neither a body nor a length of one.
  socket.write(`POST /api/v1/browser-code HTTP/1.1\r\nHost: ${new URL(api.api.url).host}\r\nAuthorization: Bearer ${api.token}\r\nConnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 [^]*"code":/);
  expect(api.internalErrors).toEqual([]);
});

test.each([
  ["no JSON", "{nope"],
  ["nothing", ""],
  ["an array", "[]"],
  ["no command", "{}"],
  ["a command that is no name", '{"command":7}'],
])("%s is a bad request", async (_what, body) => {
  await using api = await startApi();
  const headers = { authorization: `Bearer ${api.token}` };
  const response = await api.request("/api/v1/command", { method: "POST", headers, body });
  expect([response.status, response.json]).toEqual([400, refusal("bad-request")]);
});

test.each(["space.destroy", "__proto__", "constructor", "toString"])(
  "%s is an unknown command",
  async (command) => {
    await using api = await startApi();
    const response = await api.command(command);
    expect([response.status, response.json]).toEqual([404, refusal("unknown-command")]);
  },
);

test("watching needs the WebSocket", async () => {
  await using api = await startApi();
  expect((await api.command("watch", { channels: [] })).json).toEqual(refusal("bad-request"));
});

test("an unknown path under /api is a JSON 404, and none at all to strangers", async () => {
  await using api = await startApi();
  const headers = { authorization: `Bearer ${api.token}` };
  for (const path of ["/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/command"]) {
    const response = await api.request(path, { headers });
    expect([path, response.status, response.json]).toEqual([path, 404, refusal("not-found")]);
  }
  expect((await api.request("/api/v1/nothing")).status).toBe(401);
});

test("the web app is served with strict headers; hashed assets may be kept, the rest not", async () => {
  await using api = await startApi();
  await mkdir(join(api.webRoot, "assets"), { recursive: true });
  await writeFile(join(api.webRoot, "index.html"), "<!doctype html>front");
  await writeFile(join(api.webRoot, "assets", "app-1a2b.js"), "run()");
  await writeFile(join(api.webRoot, "sw.js"), "serve()");

  const front = await api.request("/");
  expect([front.status, front.text]).toEqual([200, "<!doctype html>front"]);
  expect(front.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  const policy = String(front.headers["content-security-policy"]);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  expect(policy).not.toContain("unsafe");
  expect(front.headers["permissions-policy"]).toMatch(/^camera=\(self\), microphone=\(self\)/);

  const asset = await api.request("/assets/app-1a2b.js");
  expect(asset.headers["content-type"]).toBe("text/javascript; charset=utf-8");
  expect(asset.headers["cache-control"]).toContain("immutable");
  expect((await api.request("/sw.js")).headers["cache-control"]).toBe("no-cache");
  expect((await api.request("/assets/gone-1a2b.js")).status).toBe(404);
  expect((await api.request("/a/place/of/the/app")).text).toBe("<!doctype html>front");
});

test("nothing outside the web app's folder is served", async () => {
  await using api = await startApi();
  await mkdir(api.webRoot);
  await writeFile(join(api.webRoot, "index.html"), "front");
  await symlink(join(api.dataDir, "api-token"), join(api.webRoot, "link.txt"));
  for (const path of [
    "/../api-token",
    "/%2e%2e/api-token",
    "/..%2fapi-token",
    "/link.txt",
    "/%00.txt",
    "/%zz.txt",
  ]) {
    expect([path, (await api.request(path)).text]).not.toEqual([
      path,
      expect.stringContaining(api.token),
    ]);
  }
});

test("a web app that was not built says how to build it", async () => {
  await using api = await startApi();
  const response = await api.request("/");
  expect(response.status).toBe(503);
  expect(response.text).toContain("npm start");
});
