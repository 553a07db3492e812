import { createVirtualClock } from "@multichat/testing/clock";
import { expect, test, vi } from "vitest";
import { createClient } from "./client.ts";
import type { Client, ClientState } from "./client.ts";
import { maxFrameBytes } from "./contract/index.ts";
import type { Answer, FromNode, Push } from "./contract/index.ts";
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
      nextTurn: (work) => void setImmediate(work),
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

const account = (name: string): Push => ({
  push: "status",
  data: { account: { id: "a", name } } as never,
});
const answerTo = (id: number, name: string): Answer => ({
  id,
  ok: true,
  value: { account: { id: "a", name } },
});

/** Writes down what it is told, as an interface shows it: pushes at once, answers after a few awaits. */
function watchAccount(client: Client): { heard: string[]; ask(): Promise<void> } {
  const heard: string[] = [];
  client.on("status", ({ account: told }) => heard.push(`push ${told?.name}`));
  const get = async () => (await client.call("account.get", {})).account;
  const getName = async () => (await get())?.name;
  return {
    heard,
    async ask() {
      const name = await getName();
      heard.push(`answer ${name}`);
    },
  };
}

test.each<[string, (socket: FakeSocket, items: (Answer | Push)[]) => void]>([
  ["one frame", (socket, items) => socket.receive(items)],
  ["frames that come together", (socket, items) => items.forEach((item) => socket.receive(item))],
])("who awaits an answer goes on in its place among the pushes: %s", async (_, arrive) => {
  const { client, socket } = setUp();
  const { heard, ask } = watchAccount(client);
  socket().open();
  const asked = [ask(), ask(), ask()];
  await microtasks();
  arrive(socket(), [
    account("1"),
    answerTo(1, "2"),
    answerTo(2, "3"),
    account("4"),
    account("5"),
    answerTo(3, "6"),
    account("7"),
  ]);
  await Promise.all(asked);
  await microtasks();
  expect(heard).toEqual([
    "push 1",
    "answer 2",
    "answer 3",
    "push 4",
    "push 5",
    "answer 6",
    "push 7",
  ]);
});

test("what comes while an answer is being taken waits behind what came before", async () => {
  const { client, socket } = setUp();
  const { heard, ask } = watchAccount(client);
  socket().open();
  const first = ask();
  const second = ask();
  await microtasks();
  socket().receive([answerTo(1, "1"), account("2")]);
  queueMicrotask(() => socket().receive([answerTo(2, "3"), account("4")]));
  await Promise.all([first, second]);
  await microtasks();
  expect(heard).toEqual(["answer 1", "push 2", "answer 3", "push 4"]);
});

test("pushes behind a refusal wait for whoever hears of it", async () => {
  const { client, socket } = setUp();
  const { heard } = watchAccount(client);
  socket().open();
  const refused = client.call("account.get", {}).catch(() => heard.push("refused"));
  await microtasks();
  const error = { code: "no-account", message: "There is no account yet." } as const;
  socket().receive([{ id: 1, ok: false, error }, account("1")]);
  await refused;
  await microtasks();
  expect(heard).toEqual(["refused", "push 1"]);
});

test("a stream of pushes is told as it comes, without waiting", () => {
  const { client, socket } = setUp();
  const { heard } = watchAccount(client);
  socket().open();
  socket().receive([account("1"), account("2")]);
  socket().receive(account("3"));
  expect(heard).toEqual(["push 1", "push 2", "push 3"]);
});

test("what came before the socket closed is taken before the state changes", async () => {
  const { client, sockets, socket, clock } = setUp();
  const { heard, ask } = watchAccount(client);
  socket().open();
  client.onState((state) => heard.push(state));
  const asked = ask();
  const unanswered = client.call("space.list", {}).catch(() => heard.push("lost"));
  await microtasks();
  socket().receive([answerTo(1, "1"), account("2")]);
  socket().fail();
  // No longer to the old socket, and not lost with it.
  const next = client.call("peer.list", {});
  await Promise.all([asked, unanswered]);
  expect(heard).toEqual(["open", "answer 1", "push 2", "connecting", "lost"]);
  expect(sockets[0]!.requests).toHaveLength(2);
  await clock.advance(100);
  socket().open();
  expect(socket().requests).toMatchObject([{ command: "peer.list" }]);
  socket().receive({ id: 3, ok: true, value: { peers: [] } });
  await next;
});

test("after closing nothing more is told", async () => {
  const { client, socket, states } = setUp();
  const { heard, ask } = watchAccount(client);
  socket().open();
  const asked = ask();
  await microtasks();
  socket().receive([answerTo(1, "1"), account("2")]);
  client.close();
  await asked;
  await microtasks();
  expect(heard).toEqual(["answer 1"]);
  expect(states).toEqual(["connecting", "open", "closed"]);
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
