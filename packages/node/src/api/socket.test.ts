import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { limits } from "./limits.ts";
import { tooSlow } from "./socket-connection.ts";
import { Inbox, startApi } from "./testing/api-harness.ts";
import type { ApiHarness } from "./testing/api-harness.ts";

async function open(api: ApiHarness): Promise<{ socket: WebSocket; inbox: Inbox }> {
  const socket = api.socket();
  const inbox = new Inbox(socket);
  await once(socket, "open");
  return { socket, inbox };
}

const closing = (socket: WebSocket): Promise<[number, string]> =>
  new Promise((resolve) =>
    socket.on("close", (code, reason) => resolve([code, reason.toString()])),
  );

const error = (id: number | null, code: string): unknown => ({
  id,
  ok: false,
  error: { code, message: expect.any(String) },
});

test("a thousand commands sent at once are all answered, gathered into few frames", async () => {
  await using api = await startApi();
  const { socket, inbox } = await open(api);
  const requests = Array.from({ length: 1_000 }, (_, id) => ({
    id,
    command: "account.get",
    params: {},
  }));
  for (const request of requests.slice(0, 500)) socket.send(JSON.stringify(request));
  socket.send(JSON.stringify(requests.slice(500)));
  const answers = await inbox.atLeast(1_000);
  expect(answers).toEqual(requests.map(({ id }) => ({ id, ok: true, value: { account: null } })));
  expect(inbox.frames.length).toBeLessThan(500);
});

test("commands reach the engine in the order of the array", async () => {
  await using api = await startApi();
  const { socket, inbox } = await open(api);
  const names = ["first", "second", "third"];
  socket.send(
    JSON.stringify(names.map((name, id) => ({ id, command: "space.create", params: { name } }))),
  );
  await inbox.atLeast(3);
  expect(api.engine.spaces.map(({ name }) => name)).toEqual(names);
});

test("answers come in any order: a slow command holds nothing up", async () => {
  await using api = await startApi();
  const slow = Promise.withResolvers<void>();
  api.engine.answer("space.list", async () => {
    await slow.promise;
    return { ok: true, value: { spaces: [] } };
  });
  const { socket, inbox } = await open(api);
  socket.send('{"id":1,"command":"space.list"}');
  socket.send('{"id":2,"command":"account.get"}');
  expect(await inbox.atLeast(1)).toEqual([{ id: 2, ok: true, value: { account: null } }]);
  slow.resolve();
  expect((await inbox.atLeast(2))[1]).toEqual({ id: 1, ok: true, value: { spaces: [] } });
});

test("an answer stands before the pushes of what happened after it, and behind those of before", async () => {
  await using api = await startApi();
  const gone = (space: string): void => api.engine.push({ push: "space-gone", data: { space } });
  api.engine.answer("account.get", () => {
    gone("before");
    // As soon as the engine has answered, as when both come in one message from its thread.
    queueMicrotask(() => gone("after"));
    return { ok: true, value: { account: null } };
  });
  const { socket, inbox } = await open(api);
  socket.send('{"id":1,"command":"account.get"}');
  expect(await inbox.atLeast(3)).toEqual([
    { push: "space-gone", data: { space: "before" } },
    { id: 1, ok: true, value: { account: null } },
    { push: "space-gone", data: { space: "after" } },
  ]);
});

test("a bug behind a command is an answer without words of it, and the connection goes on", async () => {
  await using api = await startApi();
  const bug = new Error("secret detail");
  api.engine.answer("space.list", () => {
    throw bug;
  });
  const { socket, inbox } = await open(api);
  socket.send('{"id":1,"command":"space.list"}');
  socket.send('{"id":2,"command":"account.get"}');
  expect(await inbox.atLeast(2)).toEqual([
    error(1, "internal"),
    { id: 2, ok: true, value: { account: null } },
  ]);
  expect(JSON.stringify(inbox.items)).not.toContain("secret");
  expect(api.internalErrors).toEqual([bug]);
});

test("pushes of one tick arrive as one frame, in order", async () => {
  await using api = await startApi();
  const { inbox } = await open(api);
  for (let index = 0; index < 50; index++)
    api.engine.push({ push: "space-gone", data: { space: String(index) } });
  await inbox.atLeast(50);
  expect(inbox.frames).toHaveLength(1);
  expect(inbox.items[49]).toEqual({ push: "space-gone", data: { space: "49" } });
});

test("what is wrong with a request is said, and the connection goes on", async () => {
  await using api = await startApi();
  const { socket, inbox } = await open(api);
  const send = (text: string): void => socket.send(text);
  send("{nope");
  send("7");
  send('{"command":"space.list"}');
  send('{"id":-1,"command":"space.list"}');
  send('{"id":4,"command":"space.destroy"}');
  send('{"id":5,"command":"space.leave","params":{"space":"short"}}');
  send(
    '{"id":6,"command":"invite.create","params":{"space":"' + "0".repeat(64) + '","expiresin":1}}',
  );
  send('{"id":7,"command":"space.list"}');
  expect(await inbox.atLeast(8)).toEqual([
    error(null, "bad-request"),
    error(null, "bad-request"),
    error(null, "bad-request"),
    error(null, "bad-request"),
    error(4, "unknown-command"),
    error(5, "bad-request"),
    error(6, "bad-request"),
    { id: 7, ok: true, value: { spaces: [] } },
  ]);
});

test("an explanation names the place, never the value", async () => {
  await using api = await startApi();
  const { socket, inbox } = await open(api);
  const words = [0, 1, 2].map((position) => ({
    position,
    word: position === 2 ? "secret".repeat(10) : "word",
  }));
  socket.send(JSON.stringify({ id: 1, command: "account.confirm-phrase", params: { words } }));
  const [answer] = await inbox.atLeast(1);
  expect(JSON.stringify(answer)).toContain("words.2.word");
  expect(JSON.stringify(answer)).not.toContain("secret");
});

test("a frame over the limit ends the connection", async () => {
  await using api = await startApi();
  const { socket } = await open(api);
  const closed = closing(socket);
  socket.send("x".repeat(limits.requestBytes + 1));
  expect((await closed)[0]).toBe(1009);
});

test("a binary frame ends the connection with a reason", async () => {
  await using api = await startApi();
  const { socket } = await open(api);
  const closed = closing(socket);
  socket.send(new Uint8Array(3));
  expect(await closed).toEqual([1003, "Requests are JSON text."]);
});

test("a client that does not read is let go with a reason; the others notice nothing", async () => {
  await using api = await startApi();
  const slow = await open(api);
  const quick = await open(api);
  slow.socket.pause();
  const closed = closing(slow.socket);
  const space = "x".repeat(1024 * 1024);
  const sent = 32;
  // One a tick, far beyond the bound and whatever the system buffers.
  for (let count = 1; count <= sent; count++) {
    api.engine.push({ push: "space-gone", data: { space } });
    await quick.inbox.atLeast(count);
  }
  slow.socket.resume();
  expect(await closed).toEqual([tooSlow, "This client did not read what was sent to it."]);
  expect(slow.inbox.items.length).toBeLessThan(sent);
  expect(quick.socket.readyState).toBe(WebSocket.OPEN);
});

test("a client that leaves takes its session with it", async () => {
  await using api = await startApi();
  const { socket } = await open(api);
  // The HTTP side has one of its own.
  expect(api.engine.openSessions).toBe(2);
  socket.terminate();
  await vi.waitFor(() => expect(api.engine.openSessions).toBe(1));
});

test("more commands than the bound are read as the engine gets through them", async () => {
  await using api = await startApi();
  const gate = Promise.withResolvers<void>();
  api.engine.answer("account.get", async () => {
    await gate.promise;
    return { ok: true, value: { account: null } };
  });
  const { socket, inbox } = await open(api);
  const total = limits.commandsInFlight * 3;
  for (let id = 0; id < total; id++) socket.send(JSON.stringify({ id, command: "account.get" }));
  await vi.waitFor(() =>
    expect(api.engine.executed.length).toBeGreaterThanOrEqual(limits.commandsInFlight),
  );
  expect(api.engine.executed.length).toBeLessThan(total);
  gate.resolve();
  expect(await inbox.atLeast(total)).toHaveLength(total);
});

test("a node that stops says so to its clients", async () => {
  await using api = await startApi();
  const { socket } = await open(api);
  const closed = closing(socket);
  await api.server.stop();
  expect((await closed)[0]).toBe(1001);
});

test("a node that stops first answers what it was asked, even by the command that stops it", async () => {
  await using api = await startApi();
  const { socket, inbox } = await open(api);
  const closed = closing(socket);
  let stopped: Promise<void> | undefined;
  api.engine.answer("device.renew", () => {
    stopped = api.server.stop();
    return { ok: true, value: {} };
  });
  socket.send(JSON.stringify({ id: 7, command: "device.renew" }));
  expect(await inbox.atLeast(1)).toEqual([{ id: 7, ok: true, value: {} }]);
  expect((await closed)[0]).toBe(1001);
  await stopped;
});
