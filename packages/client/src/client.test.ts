import { createVirtualClock } from "@multichat/testing/clock";
import { expect, test, vi } from "vitest";
import { createClient } from "./client.ts";
import type { Client, ClientState } from "./client.ts";
import { maxFrameBytes } from "./contract/index.ts";
import type { FromNode } from "./contract/index.ts";
import type { Socket } from "./socket.ts";

/** A socket of which the test plays the node's end. */
class FakeSocket implements Socket {
  readonly sent: string[] = [];
  readonly #listeners: { type: string; listener: (event: { data: unknown }) => void }[] = [];

  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.#tell("close");
  }
  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.#listeners.push({ type, listener });
  }
  open(): void {
    this.#tell("open");
  }
  fail(): void {
    this.#tell("error");
    this.#tell("close");
  }
  receive(frame: FromNode): void {
    this.#tell("message", JSON.stringify(frame));
  }
  get requests(): { id: number; command: string; params: unknown }[] {
    return this.sent.flatMap(
      (frame) => JSON.parse(frame) as { id: number; command: string; params: unknown },
    );
  }
  #tell(type: string, data?: unknown): void {
    for (const entry of this.#listeners) if (entry.type === type) entry.listener({ data });
  }
}

interface Setting {
  client: Client;
  sockets: FakeSocket[];
  /** The newest one. */
  socket: () => FakeSocket;
  clock: ReturnType<typeof createVirtualClock>;
  states: ClientState[];
  isAuthorized: ReturnType<typeof vi.fn<() => Promise<boolean>>>;
}

function setUp({ reconnect = true } = {}): Setting {
  const clock = createVirtualClock();
  const sockets: FakeSocket[] = [];
  const isAuthorized = vi.fn<() => Promise<boolean>>(() =>
    Promise.reject(new Error("nobody answers")),
  );
  const client = createClient(
    {
      openSocket: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
      isAuthorized,
      after: (ms, task) => clock.after(ms, task),
      random: () => 1,
    },
    { reconnect },
  );
  const states: ClientState[] = [];
  client.onState((state) => states.push(state));
  return { client, sockets, socket: () => sockets.at(-1)!, clock, states, isAuthorized };
}

const microtasks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a call is answered by id, in whatever order the answers come", async () => {
  const { client, socket } = setUp();
  socket().open();
  const first = client.call("account.get", {});
  const second = client.call("space.list", {});
  await microtasks();
  const [one, two] = socket().requests;
  socket().receive([
    { id: two!.id, ok: true, value: { spaces: [] } },
    { id: one!.id, ok: true, value: { account: null } },
  ]);
  expect(await first).toEqual({ account: null });
  expect(await second).toEqual({ spaces: [] });
});

test("calls of one tick leave as one frame, a lone call as itself", async () => {
  const { client, socket } = setUp();
  socket().open();
  void client.call("space.list", {}).catch(() => undefined);
  await microtasks();
  void client.call("space.list", {}).catch(() => undefined);
  void client.call("peer.list", {}).catch(() => undefined);
  await microtasks();
  expect(socket().sent.map((frame) => JSON.parse(frame) as unknown)).toEqual([
    { id: 1, command: "space.list", params: {} },
    [
      { id: 2, command: "space.list", params: {} },
      { id: 3, command: "peer.list", params: {} },
    ],
  ]);
});

test("no frame is longer than the node reads, and order is kept", async () => {
  const { client, socket } = setUp();
  socket().open();
  const texts = Array.from({ length: 40 }, (_, index) => `${index} ${"é".repeat(20_000)}`);
  for (const text of texts)
    void client.call("message.send", { channel: "c", text }).catch(() => undefined);
  await microtasks();
  const { sent, requests } = socket();
  expect(Math.max(...sent.map((frame) => Buffer.byteLength(frame)))).toBeLessThanOrEqual(
    maxFrameBytes,
  );
  expect(sent.length).toBeGreaterThan(1);
  expect(requests.map(({ params }) => params)).toEqual(
    texts.map((text) => ({ channel: "c", text })),
  );
});

test("what is longer than the node reads is refused here", async () => {
  const { client, socket } = setUp();
  socket().open();
  const call = client.call("message.send", { channel: "c", text: "é".repeat(maxFrameBytes / 2) });
  await expect(call).rejects.toMatchObject({ name: "ClientError", code: "too-large" });
  expect(socket().sent).toEqual([]);
});

test("the node's refusal rejects the call with its code and words", async () => {
  const { client, socket } = setUp();
  socket().open();
  const call = client.call("space.create", { name: "Team" });
  await microtasks();
  socket().receive({
    id: 1,
    ok: false,
    error: { code: "no-account", message: "There is no account yet." },
  });
  await expect(call).rejects.toMatchObject({
    code: "no-account",
    message: "There is no account yet.",
  });
});

test("pushes reach those who listen to their name, until they stop", () => {
  const { client, socket } = setUp();
  const gone: string[] = [];
  const stop = client.on("space-gone", ({ space }) => gone.push(space));
  client.on("peers", () => gone.push("wrong"));
  socket().open();
  socket().receive([
    { push: "space-gone", data: { space: "a" } },
    { push: "space-gone", data: { space: "b" } },
  ]);
  stop();
  socket().receive({ push: "space-gone", data: { space: "c" } });
  expect(gone).toEqual(["a", "b"]);
});

test("a call made before the connection is open is sent once it is", async () => {
  const { client, socket } = setUp();
  const call = client.call("space.list", {});
  await microtasks();
  expect(socket().sent).toEqual([]);
  socket().open();
  socket().receive({ id: 1, ok: true, value: { spaces: [] } });
  expect(await call).toEqual({ spaces: [] });
});

test("when the socket drops, what was sent fails and what was not is sent after reconnecting", async () => {
  const { client, sockets, socket, clock, states } = setUp();
  socket().open();
  const sent = client.call("message.send", { channel: "c", text: "perhaps" });
  await microtasks();
  socket().fail();
  await expect(sent).rejects.toMatchObject({ code: "not-running" });
  const waiting = client.call("message.send", { channel: "c", text: "surely" });
  await clock.advance(100);
  expect(sockets).toHaveLength(2);
  socket().open();
  expect(socket().requests).toMatchObject([{ id: 2, params: { text: "surely" } }]);
  socket().receive({ id: 2, ok: true, value: {} });
  await waiting;
  expect(states).toEqual(["connecting", "open", "connecting", "open"]);
});

test("tries come quickly at first, then at most five seconds apart, and begin anew after success", async () => {
  const { sockets, socket, clock } = setUp();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 8; attempt++) {
    const before = clock.elapsed;
    const count = sockets.length;
    socket().fail();
    expect(await clock.until(() => sockets.length > count, 60_000)).toBe(true);
    waits.push(clock.elapsed - before);
  }
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  socket().open();
  socket().fail();
  await clock.advance(100);
  expect(sockets).toHaveLength(10);
});

test("a refused socket that would not be let in ends the client as unauthorized", async () => {
  const { client, sockets, socket, clock, states, isAuthorized } = setUp();
  isAuthorized.mockResolvedValue(false);
  const waiting = client.call("space.list", {});
  socket().fail();
  await expect(waiting).rejects.toMatchObject({ code: "unauthorized" });
  await clock.advance(60_000);
  expect(sockets).toHaveLength(1);
  expect(states).toEqual(["connecting", "unauthorized"]);
  await expect(client.call("space.list", {})).rejects.toMatchObject({ code: "unauthorized" });
});

test("without reconnecting, no node means closed at once", async () => {
  const { client, sockets, socket, clock, states } = setUp({ reconnect: false });
  const waiting = client.call("space.list", {});
  socket().fail();
  await expect(waiting).rejects.toMatchObject({ code: "not-running" });
  await clock.advance(60_000);
  expect(sockets).toHaveLength(1);
  expect(states).toEqual(["connecting", "closed"]);
});

test("closing rejects what is under way and stops trying", async () => {
  const { client, sockets, socket, clock, states } = setUp();
  socket().open();
  const call = client.call("space.list", {});
  await microtasks();
  client.close();
  await expect(call).rejects.toMatchObject({ code: "not-running" });
  await clock.advance(60_000);
  expect(sockets).toHaveLength(1);
  expect(states).toEqual(["connecting", "open", "closed"]);
});

test("a frame the node could not read fails the calls that may have been in it", async () => {
  const { client, socket } = setUp();
  socket().open();
  const call = client.call("space.list", {});
  await microtasks();
  socket().receive({
    id: null,
    ok: false,
    error: { code: "bad-request", message: "This is not valid JSON." },
  });
  await expect(call).rejects.toMatchObject({ code: "bad-request" });
});

test("one listener's bug is reported and keeps nothing from the others", async () => {
  const { client, socket } = setUp();
  const reported: unknown[] = [];
  const report = vi.spyOn(globalThis, "queueMicrotask").mockImplementation((task) => {
    try {
      task();
    } catch (error) {
      reported.push(error);
    }
  });
  const heard: string[] = [];
  client.on("space-gone", () => {
    throw new Error("a bug");
  });
  client.on("space-gone", ({ space }) => heard.push(space));
  socket().open();
  socket().receive({ push: "space-gone", data: { space: "a" } });
  report.mockRestore();
  expect(heard).toEqual(["a"]);
  expect(reported).toEqual([new Error("a bug")]);
});
