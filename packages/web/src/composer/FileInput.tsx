import type { Ref } from "react";
import { t } from "../i18n/messages.ts";

/** What the browser asks for files with; a button opens it. */
export function FileInput({
  ref,
  onFiles,
}: {
  ref: Ref<HTMLInputElement>;
  onFiles(files: readonly File[]): void;
}) {
  return (
    <input
      ref={ref}
      type="file"
      multiple
      tabIndex={-1}
      aria-label={t("files.attach")}
      className="hidden"
      onChange={(event) => {
        onFiles([...(event.target.files ?? [])]);
        event.target.value = "";
      }}
    />
  );
}
