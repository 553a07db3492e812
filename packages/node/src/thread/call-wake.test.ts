import { type IncomingHttpHeaders, type IncomingMessage, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createVirtualClock } from "@multichat/testing/clock";
import { createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import { expect, test } from "vitest";
import { createWakeUp } from "../engine/notifications/wake.ts";
import { newVapidKey } from "../web-push/vapid.ts";
import { newBrowser } from "../web-push/testing/browser.ts";
import { callWake } from "./call-wake.ts";

interface Asked {
  method: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A push service on this computer, that answers what it is told to. */
async function endpoint(status: number, headers: Record<string, string> = {}) {
  const asked: Asked[] = [];
  const says = { status, headers };
  const server = createServer((request: IncomingMessage, answer) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked.push({ method: request.method, headers: request.headers, body: Buffer.concat(parts) });
      answer.writeHead(says.status, says.headers).end("thank you");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/topic`,
    origin: `http://127.0.0.1:${port}`,
    asked,
    says,
    close() {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

const inBase64 = ({ p256dh, auth }: { p256dh: Uint8Array; auth: Uint8Array }) => ({
  p256dh: Buffer.from(p256dh).toString("base64url"),
  auth: Buffer.from(auth).toString("base64url"),
});

test("an address is told the same whatever happened", async () => {
  const { url, asked, close } = await endpoint(200);
  expect(await callWake.address(url)).toEqual({ ok: true });
  expect(asked.map(({ method, body }) => [method, body.toString()])).toEqual([
    ["POST", "Multichat"],
  ]);
  await close();
});

test("a browser is told through its push service, which can read nothing of it", async () => {
  const { url, origin, asked, close } = await endpoint(201);
  const { keys, read } = newBrowser();
  const key = newVapidKey();
  const text = '{"unread":3}';
  expect(await callWake.browser({ endpoint: url, ...inBase64(keys) }, key, text)).toEqual({
    ok: true,
  });
  const [{ method, headers, body }] = asked as [Asked];
  expect(method).toBe("POST");
  expect(headers).toMatchObject({
    "content-encoding": "aes128gcm",
    ttl: "86400",
    topic: "multichat",
    authorization: expect.stringContaining(`, k=${key.publicKey}`),
  });
  const claim = headers.authorization!.split(".")[1]!;
  expect(JSON.parse(Buffer.from(claim, "base64url").toString())).toMatchObject({ aud: origin });
  expect(body.includes("unread")).toBe(false);
  expect(read(body)).toBe(text);
  expect(
    await callWake.browser(
      { endpoint: url, p256dh: "A".repeat(87), auth: "A".repeat(22) },
      key,
      text,
    ),
  ).toMatchObject({ ok: false, gone: true });
  expect(asked).toHaveLength(1);
  await close();
});

test.each([
  [503, {}, { why: "It answered 503.", gone: false, retryAfterMs: null }],
  [429, { "retry-after": "120" }, { why: "It answered 429.", gone: false, retryAfterMs: 120_000 }],
  [
    429,
    { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" },
    { why: "It answered 429.", gone: false, retryAfterMs: 0 },
  ],
  [503, { "retry-after": "soon" }, { why: "It answered 503.", gone: false, retryAfterMs: null }],
  [404, {}, { why: "It answered 404.", gone: true, retryAfterMs: null }],
  [410, {}, { why: "It answered 410.", gone: true, retryAfterMs: null }],
  [
    302,
    { location: "/elsewhere" },
    {
      why: "It answered 302: it leads elsewhere, and Multichat does not follow. Choose where it leads.",
      gone: false,
      retryAfterMs: null,
    },
  ],
] as [number, Record<string, string>, object][])("%i %j", async (status, headers, answer) => {
  const { url, asked, close } = await endpoint(status, headers);
  expect(await callWake.address(url)).toEqual({ ok: false, ...answer });
  expect(asked).toHaveLength(1);
  await close();
  expect(await callWake.address(url)).toEqual({
    ok: false,
    why: "It could not be reached.",
    gone: false,
    retryAfterMs: null,
  });
});

test("a push service in trouble: 500, then 429, then it works, then the browser is gone", async () => {
  const service = await endpoint(500);
  const { keys, read } = newBrowser();
  const clock = createVirtualClock();
  let settled = (): void => undefined;
  const wake = createWakeUp({
    clock,
    store: createMemoryStore({ random: createSeededRandom(1) }),
    now: () => clock.now(),
    isWatched: () => false,
    unread: () => 2,
    call: callWake,
    changed: () => wake.get().browsers.every(({ calling }) => !calling) && settled(),
  });
  const answered = async (waitMs: number): Promise<unknown> => {
    const done = new Promise<void>((resolve) => (settled = resolve));
    await clock.advance(waitMs);
    await done;
    const { problem, ended } = wake.get().browsers[0]!;
    return [service.asked.length, problem, ended];
  };
  wake.subscribe({ endpoint: service.url, ...inBase64(keys) });
  wake.told();
  expect(await answered(0)).toEqual([1, "It answered 500.", false]);
  Object.assign(service.says, { status: 429, headers: { "retry-after": "300" } });
  expect(await answered(30_000)).toEqual([2, "It answered 429.", false]);
  Object.assign(service.says, { status: 201, headers: {} });
  await clock.advance(299_000);
  expect(service.asked).toHaveLength(2);
  expect(await answered(1_000)).toEqual([3, null, false]);
  service.says.status = 410;
  wake.told();
  expect(await answered(60_000)).toEqual([4, "It answered 410.", true]);
  wake.told();
  await clock.advance(3_600_000);
  expect(service.asked.map(({ body }) => read(body))).toEqual(Array(4).fill('{"unread":2}'));
  await service.close();
});
