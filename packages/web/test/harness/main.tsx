/** The app on the in-memory Multichat: `?screen=NAME` chooses what is shown, `settings=JSON` how. */
import { createRoot, type Root as ReactRoot } from "react-dom/client";
import { Root } from "../../src/app/Root.tsx";
import { mountAnnouncer } from "../../src/design/announce.ts";
import "../../src/design/app.css";
import { createApp, enter } from "../../src/state/session.ts";
import { beginSettings } from "../../src/state/settings.ts";
import type { App } from "../../src/state/store.ts";
import { messageHtml } from "../../src/markdown/html-cache.ts";
import { fakeFile, fakeFileAddress, fakeHandOver, uploads } from "../fake/files.ts";
import { createFakeClient } from "../fake/fake-client.ts";
import type { ScreenName } from "../fake/screen-names.ts";
import { screens } from "../fake/screens.ts";

let root: ReactRoot;
const asked = new URLSearchParams(location.search);
void show(asked.get("screen") ?? "team", asked.get("settings") ?? "{}");

/** Not awaited at the top: what is fetched later imports this file, and would wait until it has come to its end. */
async function show(name: string, settings: string): Promise<void> {
  const screen = screens[name as ScreenName | "huge"];
  localStorage.clear();
  localStorage.setItem("multichat.settings", settings);
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
  await beginSettings(app);
  mountAnnouncer(document.body);
  root = createRoot(document.getElementById("root")!);
  root.render(<Root app={app} />);
  Object.assign(window, {
    harness: {
      app,
      fake,
      fakeFile,
      uploads,
      turnTo,
      messageHtml: (text: string) => messageHtml(text),
    },
  });

  await enter(app, null);
  await settled(app);
  await screen.prepare?.({ app, fake });
  // A place is fetched when one first goes there.
  while (!shown("h1, dialog[open]"))
    await new Promise((resolve) => setTimeout(resolve, 20));
  await settled(app);
  document.documentElement.dataset["shown"] = name;
}

/** Another screen without loading the page again, which would have everything compiled anew. */
function turnTo(name: string): Promise<void> {
  root.unmount();
  document.querySelector("body > [role=status]")!.remove();
  document.documentElement.removeAttribute("style");
  history.replaceState(null, "", location.pathname + location.search);
  return show(name, "{}");
}

/** What gives way to a part that is still coming stays in the page without being seen. */
function shown(selector: string): boolean {
  return [...document.querySelectorAll(selector)].some((element) => element.checkVisibility());
}

/** Lists have been fetched, lazy parts loaded and drawn. */
async function settled(app: App): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 120));
  const coming = () => {
    const { sheet, settingsAt } = app.store.getState();
    return (
      !shown("main") ||
      ((sheet || settingsAt) &&
        (!document.querySelector("dialog[open]") ||
          document.querySelector("dialog[aria-busy], dialog .skeleton")))
    );
  };
  while (coming()) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
