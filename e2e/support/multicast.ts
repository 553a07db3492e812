/** Whether programs on this machine hear each other by multicast, as discovery on the local network needs it. */
import { createSocket } from "node:dgram";
import { networkInterfaces } from "node:os";

/** Multicast DNS (RFC 6762). */
const group = "224.0.0.251";
const port = 5353;
const patienceMs = 1_000;

/** null when it works, else why not. Asks by a DNS message without a question, which nobody answers. */
export async function whyNoMulticast(): Promise<string | null> {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  const question = Buffer.alloc(12);
  question.writeUInt16BE(1 + Math.floor(Math.random() * 0xffff));
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string | null>((resolve) => {
      timer = setTimeout(() => resolve("multicast is not heard here"), patienceMs);
      const fail = ({ message }: Error): void => resolve(message);
      socket.on("error", fail);
      socket.on("message", (heard) => {
        if (heard.equals(question)) resolve(null);
      });
      socket.bind(port, () => {
        for (const address of ownAddresses()) {
          try {
            socket.addMembership(group, address);
          } catch {
            // An interface without multicast; another one may have it.
          }
        }
        socket.send(question, port, group, (error) => error !== null && fail(error));
      });
    });
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.filter(({ family }) => family === "IPv4").map(({ address }) => address);
}
