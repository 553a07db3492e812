import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { StartError } from "./start-error.ts";

/** Listens, and says at which port; 0 asks for any free one. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  }).catch((cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? cause.code : null;
    if (code === "EADDRINUSE") {
      const message = `Port ${port} is in use by another program. Stop it, or choose another port with --port N.`;
      throw new StartError("port-in-use", message, { cause });
    }
    if (code === "EACCES") {
      throw new StartError(
        "port-in-use",
        `This user may not use port ${port}. Choose one above 1023 with --port N.`,
        { cause },
      );
    }
    throw cause;
  });
  return (server.address() as AddressInfo).port;
}
