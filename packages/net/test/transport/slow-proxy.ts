/** A TCP relay that holds every chunk back for a while: a longer way to the same place. */
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

export interface SlowProxy {
  port: number;
  /** How many connections run through it. */
  readonly connections: number;
  /** Resolves as soon as the count is this. */
  whenConnections(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startSlowProxy(targetPort: number, delayMs: number): Promise<SlowProxy> {
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();
  const pump = (from: Socket, to: Socket): void => {
    from.on("data", (chunk) => setTimeout(() => to.writable && to.write(chunk), delayMs));
    from.on("end", () => setTimeout(() => to.end(), delayMs));
    from.on("error", () => to.destroy());
    from.on("close", () => setTimeout(() => to.destroy(), delayMs));
  };
  const server: Server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    sockets.add(near);
    near.on("close", () => {
      sockets.delete(near);
      for (const look of watchers) look();
    });
    for (const look of watchers) look();
    pump(near, far);
    pump(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sockets.size;
    },
    whenConnections: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (sockets.size !== count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
