import type { Connection } from "@libp2p/interface";
import type { DialAttempt } from "@multichat/core/ports";
import { createVirtualClock } from "@multichat/testing/clock";
import { describe, expect, it } from "vitest";
import { parseAddress } from "./addresses.ts";
import { Dial } from "./dial.ts";
import { outcomes } from "./dial-outcome.ts";
import { OwnNetworks } from "./networks.ts";
import { Slots } from "./slots.ts";

const networks = new OwnNetworks({
  lan: [
    {
      address: "192.168.1.5",
      netmask: "",
      family: "IPv4",
      mac: "",
      internal: false,
      cidr: "192.168.1.5/24",
    },
  ],
});

type Answer = "silence" | "connects" | "hangs up" | Error | Event;
const failure = (code: string): Error => Object.assign(new Error(code), { code });

function scene(answers: Record<string, Answer>, slots = 100) {
  const clock = createVirtualClock();
  const tried: string[] = [];
  const results: DialAttempt[][] = [];
  const connect = (address: { text: string }, signal: AbortSignal): Promise<Connection> => {
    tried.push(`${clock.elapsed} ${address.text}`);
    const answer = answers[address.text] ?? "silence";
    if (typeof answer === "object") return Promise.reject(answer);
    if (answer === "silence")
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(new Error("aborted"))),
      );
    const connection = new EventTarget() as Connection;
    connection.status = "open";
    if (answer === "hangs up") clock.after(50, () => connection.dispatchEvent(new Event("close")));
    return Promise.resolve(connection);
  };
  const dial = new Dial(
    { clock, slots: new Slots(slots), networks: () => networks, connect },
    (attempts) => results.push(attempts),
  );
  const outcomesOf = (): Record<string, string>[] =>
    results.map((attempts) =>
      Object.fromEntries(attempts.map(({ address, outcome }) => [address, outcome])),
    );
  return { clock, dial, tried, results, outcomesOf };
}

const near = "/ip4/192.168.1.9/tcp/1";
const far = "/ip4/10.9.9.9/tcp/1";
const open = "/ip4/203.0.113.5/tcp/1";

describe("dial", () => {
  it("starts with what is near, and does not wait for it before the next", async () => {
    const { clock, dial, tried } = scene({});
    dial.add([far, `${open}/ws`, open, `${near}/ws`, near, "/ip4/127.0.0.1/tcp/9"]);
    await clock.advance(1_000);
    expect(tried).toEqual([
      `0 ${near}`,
      "100 /ip4/127.0.0.1/tcp/9",
      `200 ${near}/ws`,
      `300 ${open}`,
      `400 ${open}/ws`,
      `500 ${far}`,
    ]);
  });

  it("says of every address what came of it", async () => {
    const { clock, dial, outcomesOf } = scene({
      [near]: failure("ECONNREFUSED"),
      "/ip4/192.168.1.8/tcp/1": failure("EHOSTUNREACH"),
      "/ip4/203.0.113.6/tcp/1": failure("ENETUNREACH"),
      "/dns4/nowhere.invalid/tcp/1": failure("ENOTFOUND"),
      "/ip4/203.0.113.7/tcp/1": "hangs up",
      "/ip4/203.0.113.8/tcp/1": "connects",
      "/ip4/203.0.113.9/tcp/1": new Error(
        "Payload identity key A does not match expected remote identity key B",
      ),
      "/ip4/203.0.113.10/tcp/1": failure("ECONNRESET"),
      "/ip4/203.0.113.11/tcp/1/ws": new Event("error"),
    });
    dial.add([
      near,
      far,
      open,
      "/ip4/192.168.1.8/tcp/1",
      "/ip4/203.0.113.6/tcp/1",
      "/dns4/nowhere.invalid/tcp/1",
      "/ip4/203.0.113.7/tcp/1",
      "/ip4/203.0.113.8/tcp/1",
      "/ip4/203.0.113.9/tcp/1",
      "/ip4/203.0.113.10/tcp/1",
      "/ip4/203.0.113.11/tcp/1/ws",
      "/memory/x",
    ]);
    await clock.advance(20_000);
    expect(outcomesOf()).toEqual([
      {
        [near]: "connection refused",
        [far]: "not on the same network",
        [open]: "no answer within 5 s",
        "/ip4/192.168.1.8/tcp/1": "no route to this address",
        "/ip4/203.0.113.6/tcp/1": "no route to this address",
        "/dns4/nowhere.invalid/tcp/1": "the name is not known",
        "/ip4/203.0.113.7/tcp/1": "answered, then hung up",
        "/ip4/203.0.113.8/tcp/1": "answered, but does not speak Multichat",
        "/ip4/203.0.113.9/tcp/1": "answered, but it is another device",
        "/ip4/203.0.113.10/tcp/1": "answered, then hung up",
        "/ip4/203.0.113.11/tcp/1/ws": "could not connect",
        "/memory/x": "address not understood",
      },
    ]);
  });

  it("ends five seconds after the last start when nobody answers", async () => {
    const { clock, dial, results } = scene({});
    dial.add([near, open]);
    await clock.advance(5_099);
    expect(results).toEqual([]);
    await clock.advance(1);
    expect(results).toHaveLength(1);
  });

  it("takes more addresses while it runs, each once", async () => {
    const { clock, dial, tried, results } = scene({ [near]: failure("ECONNREFUSED") });
    dial.add([near]);
    dial.add([open, near]);
    await clock.advance(10_000);
    expect(tried).toEqual([`0 ${near}`, `0 ${open}`]);
    expect(results).toHaveLength(1);
    expect(results[0]).toHaveLength(2);
  });

  it("fails a dial without addresses, later", async () => {
    const { clock, dial, results } = scene({});
    dial.add([]);
    expect(results).toEqual([]);
    await clock.advance(0);
    expect(results).toEqual([[]]);
  });

  it("tries nothing worse once there is a link, and reports nothing", async () => {
    const { clock, dial, tried, results } = scene({ [near]: "connects" });
    let done = 0;
    dial.add([near, `${near}/ws`, "/ip4/192.168.1.77/tcp/1", open]);
    await clock.advance(50);
    dial.linked(parseAddress(near)!, () => done++);
    await clock.advance(30_000);
    expect(tried.map((each) => each.split(" ")[1])).toEqual([near, "/ip4/192.168.1.77/tcp/1"]);
    expect([results, done]).toEqual([[], 1]);
  });

  it("opens only so many sockets at once", async () => {
    const { clock, dial, tried } = scene({}, 2);
    dial.add([near, open, far]);
    await clock.advance(4_000);
    expect(tried).toHaveLength(2);
    await clock.advance(1_500);
    expect(tried).toHaveLength(3);
  });

  it("bounds the addresses of one dial", async () => {
    const { clock, dial, results } = scene({});
    dial.add(Array.from({ length: 1_000 }, (_, i) => `bad ${i}`));
    await clock.advance(1);
    expect(results[0]).toHaveLength(32);
  });

  it("is silent after a stop", async () => {
    const { clock, dial, results } = scene({});
    dial.add([near, open]);
    await clock.advance(50);
    dial.stop();
    await clock.advance(20_000);
    expect(results).toEqual([]);
  });

  it("lets an outcome be given to all that is left", async () => {
    const { clock, dial, outcomesOf, tried } = scene({});
    dial.add([near, open]);
    dial.failAll(outcomes.ownDevice);
    await clock.advance(1_000);
    expect(tried).toEqual([]);
    expect(outcomesOf()).toEqual([{ [near]: outcomes.ownDevice, [open]: outcomes.ownDevice }]);
  });
});
