import { afterEach, expect, test, vi } from "vitest";
import { isAuthorized, openSession } from "./session.ts";

const url = "http://127.0.0.1:4321";
const answer = (status: number, body: unknown): void => {
  vi.stubGlobal(
    "fetch",
    vi.fn(() => Promise.resolve(Response.json(body, { status }))),
  );
};

afterEach(() => vi.unstubAllGlobals());

test("a good code opens a session", async () => {
  answer(200, { ok: true, value: {} });
  await openSession(url, "code");
  expect(fetch).toHaveBeenCalledWith(
    new URL("http://127.0.0.1:4321/api/v1/session"),
    expect.objectContaining({
      method: "POST",
      body: '{"code":"code"}',
      credentials: "same-origin",
    }),
  );
});

test("a refused code rejects with what the node said", async () => {
  answer(401, { ok: false, error: { code: "unauthorized", message: "Used already." } });
  await expect(openSession(url, "code")).rejects.toMatchObject({
    code: "unauthorized",
    message: "Used already.",
  });
});

test("something else that answers on the port is no error of the node's", async () => {
  answer(500, "hello");
  await expect(openSession(url, "code")).rejects.toMatchObject({ code: "internal" });
});

test("no answer means that it is not running", async () => {
  vi.stubGlobal(
    "fetch",
    vi.fn(() => Promise.reject(new TypeError("fetch failed"))),
  );
  await expect(openSession(url, "code")).rejects.toMatchObject({ code: "not-running" });
  await expect(isAuthorized(url, undefined)).rejects.toMatchObject({ code: "not-running" });
});

test.each([
  [200, true],
  [401, false],
  [403, false],
])("status %i: let in is %s", async (status, expected) => {
  answer(status, {});
  expect(await isAuthorized(url, "token")).toBe(expected);
  expect(fetch).toHaveBeenCalledWith(
    expect.any(URL),
    expect.objectContaining({ headers: { authorization: "Bearer token" } }),
  );
});
