/** Who may speak to a node: the guards of the local API on a real one (spec/local-api.md, Authentication). */
import { type IncomingHttpHeaders, request } from "node:http";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestNode } from "./support/test-node.ts";
import { type Village, createVillage } from "./support/village.ts";

let village: Village;
let alice: TestNode;
let port: number;
beforeAll(async () => {
  village = await createVillage();
  alice = await village.node("Alice");
  port = Number(new URL(alice.ready.api).port);
});
afterAll(() => village?.[Symbol.asyncDispose]());

interface Asked {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Plain HTTP, because `fetch` does not let one lie about Host and Origin. */
function ask({ method = "POST", path = "/api/v1/command", headers = {}, body = "" }: Asked) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>(
    (resolve, reject) => {
      const asking = request(
        { agent: false, host: "127.0.0.1", port, method, path, headers },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (more: string) => (text += more));
          answer.on("end", () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
          );
          answer.on("error", reject);
        },
      );
      asking.on("error", reject);
      asking.end(body);
    },
  );
}

const body = JSON.stringify({ command: "space.list", params: {} });
const bearer = () => ({
  authorization: `Bearer ${alice.token}`,
  "content-type": "application/json",
});
const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "MDEyMzQ1Njc4OWFiY2RlZg==",
};

describe("the local API of a running node", () => {
  test("lets in whoever holds the token", async () => {
    const { status, body: text } = await ask({ headers: bearer(), body });
    expect([status, JSON.parse(text)]).toEqual([200, { ok: true, value: { spaces: [] } }]);
  });

  test.skipIf(process.platform === "win32")("keeps the token from other users", async () => {
    const { mode } = await stat(join(alice.dataDir, "api-token"));
    expect(mode & 0o777).toBe(0o600);
  });

  test.each<[string, () => Asked, number, string]>([
    ["no token", () => ({ body }), 401, "unauthorized"],
    [
      "a wrong token",
      () => ({ headers: { authorization: "Bearer 0123456789" }, body }),
      401,
      "unauthorized",
    ],
    [
      "a wrong Origin",
      () => ({ headers: { ...bearer(), origin: "https://evil.example" }, body }),
      403,
      "forbidden",
    ],
    [
      "another local port as Origin",
      () => ({ headers: { ...bearer(), origin: "http://127.0.0.1:1" }, body }),
      403,
      "forbidden",
    ],
    [
      "a foreign Host",
      () => ({ headers: { ...bearer(), host: `evil.example:${port}` }, body }),
      403,
      "forbidden",
    ],
    [
      "a huge body",
      () => ({ headers: bearer(), body: JSON.stringify({ command: "x".repeat(300_000) }) }),
      413,
      "too-large",
    ],
    ["what is no JSON", () => ({ headers: bearer(), body: "{" }), 400, "bad-request"],
    [
      "an unknown command",
      () => ({ headers: bearer(), body: '{"command":"format.disk"}' }),
      404,
      "unknown-command",
    ],
    [
      "an unknown path",
      () => ({ headers: bearer(), path: "/api/v2/command", body }),
      404,
      "not-found",
    ],
    [
      "a socket without a token",
      () => ({ method: "GET", path: "/api/v1/socket", headers: upgrade }),
      401,
      "unauthorized",
    ],
    [
      "a socket from another page",
      () => ({
        method: "GET",
        path: "/api/v1/socket",
        headers: { ...upgrade, ...bearer(), origin: "https://evil.example" },
      }),
      403,
      "forbidden",
    ],
    [
      "a browser code asked for without a token",
      () => ({ path: "/api/v1/browser-code" }),
      401,
      "unauthorized",
    ],
    [
      "a wrong browser code",
      () => ({ path: "/api/v1/session", body: '{"code":"guess"}' }),
      401,
      "unauthorized",
    ],
  ])("refuses %s", async (_, asked, status, code) => {
    const answer = await ask(asked());
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code } });
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("a browser code becomes a cookie once, and no script can read it", async () => {
    const code = new URL(await alice.browserAddress()).hash.slice(1);
    const first = await ask({ path: "/api/v1/session", body: JSON.stringify({ code }) });
    expect(first.status).toBe(200);
    const [cookie = ""] = first.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^multichat-[0-9a-f]{8}=/);
    for (const flag of ["HttpOnly", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(flag);
    expect((await ask({ path: "/api/v1/session", body: JSON.stringify({ code }) })).status).toBe(
      401,
    );

    // The cookie alone, as another page's form would send it, is not enough to change anything.
    const [pair = ""] = cookie.split(";");
    expect((await ask({ headers: { cookie: pair }, body })).status).toBe(403);
    const origin = alice.ready.api;
    expect((await ask({ headers: { cookie: pair, origin }, body })).status).toBe(200);
  });

  test("is still well after all that", async () => {
    expect(await alice.json(["status"])).toMatchObject({ ready: true });
    expect(alice.stderr).toBe("");
  });
});
