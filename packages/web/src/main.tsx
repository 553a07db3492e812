/** The composition root: the local API on this page's own address, and the app on the page. */
import { backupFileAddress, connect, fileAddress, openSession, reserveBackupFile, sendBackupFile } from "@multichat/client";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Root } from "./app/Root.tsx";
import { mountAnnouncer } from "./design/announce.ts";
import "./design/app.css";
import { takeOpeningCode } from "./state/route.ts";
import { createApp, enter } from "./state/session.ts";
import { beginSettings } from "./state/settings.ts";

const openingCode = takeOpeningCode();
const app = createApp({
  connect: () => connect({ url: location.origin }),
  openSession: (code) => openSession(location.origin, code),
  handOver: async (...given) => (await import("./files/upload.ts")).handOver(...given),
  fileAddress: (message, blob) => fileAddress({ url: location.origin }, message, blob),
  sendBackupFile: (file) => sendBackupFile(location.origin, file),
  reserveBackupFile: () => reserveBackupFile(location.origin),
  backupAddress: backupFileAddress(location.origin),
});

void begin();

/** Not awaited at the top: what is fetched later imports this file, and would wait until it has come to its end. */
async function begin(): Promise<void> {
  await beginSettings(app);
  mountAnnouncer(document.body);
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <Root app={app} />
    </StrictMode>,
  );
  await enter(app, openingCode);
}
