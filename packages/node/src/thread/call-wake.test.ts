import { type IncomingMessage, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { callWake } from "./call-wake.ts";

async function endpoint(status: number): Promise<{ url: string; asked: { method: string | undefined; body: string }[]; close(): Promise<void> }> {
  const asked: { method: string | undefined; body: string }[] = [];
  const server = createServer((request: IncomingMessage, answer) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      asked.push({ method: request.method, body });
      answer.writeHead(status, { location: "/elsewhere" }).end("thank you");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/topic`, asked, close: () => new Promise((closed) => server.close(() => closed())) };
}

test("says the same whatever happened", async () => {
  const { url, asked, close } = await endpoint(200);
  await callWake(url);
  expect(asked).toEqual([{ method: "POST", body: "Multichat" }]);
  await close();
});

test.each([[503, "It answered 503."], [404, "It answered 404."], [302, "It could not be reached."]])("%i: %s", async (status, problem) => {
  const { url, asked, close } = await endpoint(status);
  await expect(callWake(url)).rejects.toThrow(problem);
  expect(asked).toHaveLength(1);
  await close();
  await expect(callWake(url)).rejects.toThrow("It could not be reached.");
});
