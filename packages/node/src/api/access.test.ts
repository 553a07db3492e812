import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { startApi } from "./testing/api-harness.ts";

const refusal = (code: string): unknown => ({
  ok: false,
  error: { code, message: expect.any(String) },
});

/** The status and body with which an upgrade was refused. */
function refusedUpgrade(socket: WebSocket): Promise<{ status: number; json: unknown }> {
  return new Promise((resolve, reject) => {
    socket.on("open", () => reject(new Error("the socket was let in")));
    socket.on("error", reject);
    socket.on("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, json: JSON.parse(text) }),
      );
    });
  });
}

test("a command without a token is refused and never reaches the engine", async () => {
  await using api = await startApi();
  const response = await api.command("space.list", {}, {});
  expect(response.status).toBe(401);
  expect(response.json).toEqual(refusal("unauthorized"));
  expect(api.engine.executed).toEqual([]);
});

test.each(["Bearer nonsense", "Bearer ", "Basic abc", "Bearer " + "a".repeat(43)])(
  "%s is not a token",
  async (authorization) => {
    await using api = await startApi();
    expect((await api.command("space.list", {}, { authorization })).json).toEqual(
      refusal("unauthorized"),
    );
    expect(await refusedUpgrade(api.socket({ authorization }))).toEqual({
      status: 401,
      json: refusal("unauthorized"),
    });
  },
);

test("the token opens both doors", async () => {
  await using api = await startApi();
  expect((await api.command("space.list")).json).toEqual({ ok: true, value: { spaces: [] } });
  const socket = api.socket();
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
});

test("a page of another origin is refused even with the token", async () => {
  await using api = await startApi();
  for (const origin of [
    "https://evil.example",
    "null",
    "http://127.0.0.1:1",
    `https://127.0.0.1:${api.api.port}`,
  ]) {
    const headers = { authorization: `Bearer ${api.token}`, origin };
    const response = await api.command("space.list", {}, headers);
    expect([origin, response.status, response.json]).toEqual([origin, 403, refusal("forbidden")]);
    expect(await refusedUpgrade(api.socket(headers))).toEqual({
      status: 403,
      json: refusal("forbidden"),
    });
    expect((await api.request("/", { headers: { origin } })).status).toBe(403);
  }
  expect(api.engine.executed).toEqual([]);
});

test("a foreign Host is refused everywhere, however it resolves (DNS rebinding)", async () => {
  await using api = await startApi();
  const { port } = api.api;
  for (const host of [
    "evil.example",
    `evil.example:${port}`,
    "127.0.0.1",
    "127.0.0.1:1",
    `127.0.0.1.evil.example:${port}`,
  ]) {
    const headers = { host, authorization: `Bearer ${api.token}` };
    const response = await api.command("space.list", {}, headers);
    expect([host, response.status, response.json]).toEqual([host, 403, refusal("forbidden")]);
    expect(await refusedUpgrade(api.socket(headers))).toEqual({
      status: 403,
      json: refusal("forbidden"),
    });
    expect((await api.request("/", { headers: { host } })).status).toBe(403);
  }
});

test("its own names are accepted as Host, each with its own Origin only", async () => {
  await using api = await startApi();
  const { port } = api.api;
  const authorization = `Bearer ${api.token}`;
  for (const host of [
    `127.0.0.1:${port}`,
    `localhost:${port}`,
    `LOCALHOST:${port}`,
    `[::1]:${port}`,
  ]) {
    expect(
      (await api.command("space.list", {}, { host, authorization, origin: `http://${host}` }))
        .status,
    ).toBe(200);
  }
  const crossed = { host: `localhost:${port}`, origin: `http://127.0.0.1:${port}`, authorization };
  expect((await api.command("space.list", {}, crossed)).status).toBe(403);
});

test("a socket at another path is refused", async () => {
  await using api = await startApi();
  const socket = new WebSocket(`ws://127.0.0.1:${api.api.port}/elsewhere`, {
    headers: { authorization: `Bearer ${api.token}` },
  });
  expect(await refusedUpgrade(socket)).toEqual({ status: 404, json: refusal("not-found") });
});
