/** Handing a file over to the node (spec/local-api.md, Files), with how far it is: `fetch` does not say. */
import type { Id } from "@multichat/client/contract";
import type { Backend } from "../state/client.ts";
import { t } from "../i18n/messages.ts";

/** Why it was not taken, in words. */
export class NotTaken extends Error {
  override readonly name = "NotTaken";
}

export const handOver: Backend["handOver"] = (file, progress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/files");
    // A file's own type would make it a form to the browser; the node wants its bytes.
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded }) => progress(loaded));
    request.addEventListener("load", () => {
      const answer = request.response as
        | { ok: true; value: { blob: Id; size: number } }
        | { ok: false; error: { message: string } }
        | null;
      if (answer?.ok) resolve(answer.value);
      else reject(new NotTaken(answer?.error.message ?? t("error.internal")));
    });
    request.addEventListener("error", () => reject(new NotTaken(t("error.notRunning"))));
    request.addEventListener("abort", () => reject(new NotTaken(t("files.stopped"))));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
