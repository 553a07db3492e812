/** A push service on this computer: keeps what it was sent last at each path, and answers as it is told. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface PushService {
  url: string;
  /** The bodies, by path. */
  asked: ReadonlyMap<string, Buffer>;
  /** From now on; 201 before. */
  answer(status: number): void;
  untilAsked(paths: number): Promise<void>;
  close(): Promise<void>;
}

export async function startPushService(): Promise<PushService> {
  const asked = new Map<string, Buffer>();
  let status = 201;
  let look = (): void => undefined;
  const server = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked.set(request.url!, Buffer.concat(parts));
      answer.writeHead(status).end();
      look();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (next) => void (status = next),
    untilAsked: (paths) =>
      new Promise((resolve) => {
        look = () => asked.size >= paths && resolve();
        look();
      }),
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
