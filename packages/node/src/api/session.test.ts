import { createVirtualClock } from "@multichat/testing/clock";
import { expect, test } from "vitest";
import { rawRequest, startApi } from "./testing/api-harness.ts";
import type { ApiHarness, RawResponse } from "./testing/api-harness.ts";

function exchange(api: ApiHarness, code: string): Promise<RawResponse> {
  return api.request("/api/v1/session", { method: "POST", body: JSON.stringify({ code }) });
}

const cookieOf = (response: RawResponse): string =>
  response.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";

test("a code becomes a cookie that scripts cannot read and other sites do not send", async () => {
  await using api = await startApi();
  const response = await exchange(api, api.server.createBrowserCode());
  expect(response.status).toBe(200);
  const [cookie = ""] = response.headers["set-cookie"] ?? [];
  expect(cookie).toMatch(/^multichat-[0-9a-f]{8}=/);
  expect(cookie.split("; ")).toEqual(
    expect.arrayContaining(["HttpOnly", "SameSite=Strict", "Path=/"]),
  );
});

test("the cookie opens the API to the node's own page", async () => {
  await using api = await startApi();
  const cookie = cookieOf(await exchange(api, api.server.createBrowserCode()));
  const own = { cookie, origin: api.api.url };
  expect((await api.command("space.list", {}, own)).status).toBe(200);
  const socket = api.socket(own);
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
});

test("a cookie without an Origin changes nothing, but may ask whether it is good", async () => {
  await using api = await startApi();
  const cookie = cookieOf(await exchange(api, api.server.createBrowserCode()));
  expect((await api.command("space.list", {}, { cookie })).status).toBe(403);
  expect((await api.request("/api/v1/session", { headers: { cookie } })).status).toBe(200);
  expect((await api.request("/api/v1/session")).status).toBe(401);
});

test("a page on another port of this machine, which has our cookie too, gets nowhere with it", async () => {
  await using api = await startApi();
  const cookie = cookieOf(await exchange(api, api.server.createBrowserCode()));
  const response = await api.command("space.list", {}, { cookie, origin: "http://127.0.0.1:9" });
  expect(response.status).toBe(403);
});

test("a code works once", async () => {
  await using api = await startApi();
  const code = api.server.createBrowserCode();
  expect((await exchange(api, code)).status).toBe(200);
  const again = await exchange(api, code);
  expect(again.status).toBe(401);
  expect(again.headers["set-cookie"]).toBeUndefined();
});

test("a code is worth nothing after a minute", async () => {
  const clock = createVirtualClock();
  await using api = await startApi({ clock });
  const early = api.server.createBrowserCode();
  const late = api.server.createBrowserCode();
  await clock.advance(59_999);
  expect((await exchange(api, early)).status).toBe(200);
  await clock.advance(1);
  expect((await exchange(api, late)).status).toBe(401);
});

test("an invented code and a garbled body are refused in words", async () => {
  await using api = await startApi();
  expect((await exchange(api, "guess")).json).toMatchObject({
    ok: false,
    error: { code: "unauthorized" },
  });
  const garbled = await api.request("/api/v1/session", { method: "POST", body: "{" });
  expect(garbled.json).toMatchObject({ ok: false, error: { code: "bad-request" } });
});

test("another page cannot exchange a code it got hold of", async () => {
  await using api = await startApi();
  const body = JSON.stringify({ code: api.server.createBrowserCode() });
  const headers = { origin: "https://evil.example" };
  expect((await api.request("/api/v1/session", { method: "POST", headers, body })).status).toBe(
    403,
  );
});

test("a session lives as long as its cookie and not longer, and no one can make it last", async () => {
  const clock = createVirtualClock();
  await using api = await startApi({ clock });
  const cookie = cookieOf(await exchange(api, api.server.createBrowserCode()));
  const ask = async (value: string): Promise<number> =>
    (await api.request("/api/v1/session", { headers: { cookie: value } })).status;
  expect(await ask(`other=1; ${cookie}`)).toBe(200);
  expect(await ask(cookie.replace(/=\d/, "=9"))).toBe(401);
  expect(await ask(cookie.slice(0, -1))).toBe(401);
  clock.jump(400 * 86_400_000);
  expect(await ask(cookie)).toBe(401);
});

test("a session outlives a restart of the node", async () => {
  await using api = await startApi();
  const cookie = cookieOf(await exchange(api, api.server.createBrowserCode()));
  await api.server.stop();
  const { port } = await api.server.start();
  expect((await rawRequest(port, "/api/v1/session", { headers: { cookie } })).status).toBe(200);
});

test("a program with the token gets a code and a private page to open the browser with", async () => {
  await using api = await startApi();
  const headers = { authorization: `Bearer ${api.token}` };
  expect((await api.request("/api/v1/browser-code", { method: "POST" })).status).toBe(401);
  const answer = await api.request("/api/v1/browser-code", { method: "POST", headers });
  expect(answer.json).toEqual({
    ok: true,
    value: { code: expect.any(String), page: expect.any(String) },
  });
});
