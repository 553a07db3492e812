import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { followTimeZone } from "./time-zone.ts";

/** How often the system was asked for its zone, where its choice looks like these in turn. */
async function asked(choices: readonly (string | null)[]): Promise<number> {
  let count = 0;
  const left = [...choices];
  const seen = Promise.withResolvers<void>();
  const stop = followTimeZone({
    clock: {
      after(_ms, task) {
        if (left.length > 0) task();
        else seen.resolve();
        return () => undefined;
      },
    },
    env: new Proxy({}, { deleteProperty: () => ++count > 0 }),
    look: () => Promise.resolve(left.shift() ?? null),
  });
  await seen.promise;
  stop();
  return count;
}

test("the system is asked for its time zone where its choice has changed", async () => {
  expect(await asked(["Berlin", "Berlin", "Tokyo", "Tokyo"])).toBe(1);
});

test("and each time where that cannot be seen", async () => {
  expect(await asked([null, null, null])).toBe(3);
});

test("but never where one was named", () => {
  let looks = 0;
  followTimeZone({ clock: { after: () => () => undefined }, env: { TZ: "Europe/Berlin" }, look: () => Promise.resolve(String(looks++)) });
  expect(looks).toBe(0);
});

test.skipIf(process.platform === "win32")("touching TZ has Node ask, for all its threads", () => {
  const script = `
    const { Worker } = require("node:worker_threads");
    const worker = new Worker('const { parentPort } = require("node:worker_threads"); parentPort.on("message", () => parentPort.postMessage(Intl.DateTimeFormat().resolvedOptions().timeZone))', { eval: true });
    const zone = () => new Promise((resolve) => { worker.once("message", resolve); worker.postMessage(null); });
    (async () => {
      const before = await zone();
      process.env.TZ = "Asia/Tokyo";
      const named = await zone();
      delete process.env.TZ;
      console.log(JSON.stringify([named, before === await zone()]));
      process.exit();
    })();`;
  const { TZ: _, ...env } = process.env;
  expect(JSON.parse(execFileSync(process.execPath, ["-e", script], { env, encoding: "utf8" }))).toEqual(["Asia/Tokyo", true]);
});
