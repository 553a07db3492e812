/** The SDK and the API server against each other, over real sockets. */
import { connect } from "@multichat/client";
import type { ClientState, SocketConstructor } from "@multichat/client";
import { expect, test } from "vitest";
import { WebSocket as WsWebSocket } from "ws";
import { startApi } from "./testing/api-harness.ts";

const runtimes: [string, SocketConstructor | undefined][] = [
  ["ws", WsWebSocket],
  ["the runtime's own WebSocket", undefined],
];

test.each(runtimes)("calls and pushes through %s", async (_name, webSocket) => {
  await using api = await startApi();
  const client = connect({ url: api.api.url, token: api.token, ...(webSocket && { webSocket }) });
  const { space } = await client.call("space.create", { name: "Team" });
  expect(space.name).toBe("Team");
  const gone = new Promise((resolve) => client.on("space-gone", resolve));
  api.engine.push({ push: "space-gone", data: { space: space.id } });
  expect(await gone).toEqual({ space: space.id });
  client.close();
});

test.each(runtimes)("a wrong token is unauthorized through %s", async (_name, webSocket) => {
  await using api = await startApi();
  const client = connect({ url: api.api.url, token: "wrong", ...(webSocket && { webSocket }) });
  await expect(client.call("space.list", {})).rejects.toMatchObject({ code: "unauthorized" });
  expect(client.state).toBe("unauthorized");
});

test("a thousand calls at once, each with its own answer", async () => {
  await using api = await startApi();
  const client = connect({ url: api.api.url, token: api.token, webSocket: WsWebSocket });
  const names = Array.from({ length: 1_000 }, (_, index) => `space ${index}`);
  const results = await Promise.all(names.map((name) => client.call("space.create", { name })));
  expect(results.map(({ space }) => space.name)).toEqual(names);
  client.close();
});

test("the client is back by itself after the node was restarted", async () => {
  await using api = await startApi();
  const client = connect({ url: api.api.url, token: api.token, webSocket: WsWebSocket });
  const states: ClientState[] = [];
  const opened = new Promise<void>((resolve) => {
    client.onState((state) => {
      states.push(state);
      if (states.filter((seen) => seen === "open").length === 2) resolve();
      if (states.join() === "connecting,open") void restart();
    });
  });
  async function restart(): Promise<void> {
    await api.server.stop();
    await api.restart();
  }
  await opened;
  expect(await client.call("space.list", {})).toEqual({ spaces: [] });
  expect(states).toEqual(["connecting", "open", "connecting", "open"]);
  client.close();
});
