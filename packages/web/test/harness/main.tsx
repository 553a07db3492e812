/** The app on the in-memory Multichat: `?screen=NAME` chooses what is shown, `settings=JSON` how. */
import { createRoot } from "react-dom/client";
import { Root } from "../../src/app/Root.tsx";
import { mountAnnouncer } from "../../src/design/announce.ts";
import "../../src/design/app.css";
import { createApp, enter } from "../../src/state/session.ts";
import { beginSettings } from "../../src/state/settings.ts";
import { messageHtml } from "../../src/markdown/html-cache.ts";
import { fakeFile, fakeFileAddress, fakeHandOver, uploads } from "../fake/files.ts";
import { createFakeClient } from "../fake/fake-client.ts";
import type { ScreenName } from "../fake/screen-names.ts";
import { screens } from "../fake/screens.ts";

const asked = new URLSearchParams(location.search);
const name = asked.get("screen") ?? "team";
const screen = screens[name as ScreenName | "huge"];

localStorage.clear();
localStorage.setItem("multichat.settings", asked.get("settings") ?? "{}");
const fake = createFakeClient(screen.world(), screen.link);
const app = createApp({
  connect: () => fake,
  openSession: () => Promise.resolve(),
  handOver: fakeHandOver,
  fileAddress: (_message, blob) => fakeFileAddress(blob),
  sendBackupFile: () => Promise.resolve("/home/ines/incoming.multichat-backup"),
  reserveBackupFile: () => Promise.resolve("/home/ines/outgoing.multichat-backup"),
  backupAddress: "/api/v1/backup-file",
});
void show();

/** Not awaited at the top: what is fetched later imports this file, and would wait until it has come to its end. */
async function show(): Promise<void> {
  await beginSettings(app);
  mountAnnouncer(document.body);
  createRoot(document.getElementById("root")!).render(<Root app={app} />);
  Object.assign(window, {
    harness: { app, fake, fakeFile, uploads, messageHtml: (text: string) => messageHtml(text) },
  });

  await enter(app, null);
  await settled();
  await screen.prepare?.({ app, fake });
  await settled();
  document.documentElement.dataset["shown"] = name;
}

/** Lists have been fetched, lazy parts loaded and drawn. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 120));
  const coming = () => {
    const { sheet, settingsAt } = app.store.getState();
    return (
      !document.querySelector("main") ||
      ((sheet || settingsAt) &&
        (!document.querySelector("dialog[open]") ||
          document.querySelector("dialog[aria-busy], dialog .skeleton")))
    );
  };
  while (coming()) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
