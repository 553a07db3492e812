import { existsSync } from "node:fs";
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createVirtualClock } from "@multichat/testing/clock";
import { expect, test, vi } from "vitest";
import { startApi } from "./testing/api-harness.ts";
import type { ApiHarness } from "./testing/api-harness.ts";

async function openBrowser(api: ApiHarness): Promise<{ code: string; page: string }> {
  const headers = { authorization: `Bearer ${api.token}` };
  const { json } = await api.request("/api/v1/browser-code", { method: "POST", headers });
  return (json as { value: { code: string; page: string } }).value;
}

test("the page leads to the address with the code, and only its owner may read it", async () => {
  await using api = await startApi();
  const { code, page } = await openBrowser(api);
  expect(await readFile(page, "utf8")).toContain(`url=${api.api.url}/#${code}"`);
  expect((await stat(page)).mode & 0o777).toBe(0o600);
});

test("the page is gone once its code was used", async () => {
  await using api = await startApi();
  const { code, page } = await openBrowser(api);
  await api.request("/api/v1/session", { method: "POST", body: JSON.stringify({ code }) });
  await vi.waitFor(() => expect(existsSync(page)).toBe(false));
});

test("the page is gone when its code expires", async () => {
  const clock = createVirtualClock();
  await using api = await startApi({ clock });
  const { page } = await openBrowser(api);
  await clock.advance(60_000);
  await vi.waitFor(() => expect(existsSync(page)).toBe(false));
});

test("a node that stops, or finds pages of a killed one, leaves none behind", async () => {
  await using api = await startApi();
  const { page } = await openBrowser(api);
  await api.server.stop();
  await vi.waitFor(() => expect(existsSync(page)).toBe(false));
  await writeFile(join(api.dataDir, "open-0123456789ab.html"), "left behind");
  await api.server.start();
  expect((await readdir(api.dataDir)).filter((name) => name.startsWith("open-"))).toEqual([]);
});
