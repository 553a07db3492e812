/** How far a file is that is not here yet: from whom it comes and how much of it, or why nothing comes; and what one can do. */
import type { FileView } from "@multichat/client/contract";
import { Download, X } from "lucide-react";
import { Button } from "../design/Button.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { t } from "../i18n/messages.ts";
import { fileSize } from "../i18n/sizes.ts";
import { listText } from "../i18n/lists.ts";
import { ProgressBar } from "./ProgressBar.tsx";
import type { ShownFile } from "./use-file.ts";

interface Props {
  file: FileView;
  shown: ShownFile;
  /** As it is shown. */
  name: string;
}

export function Fetching({ file, shown, name }: Props) {
  const { state, problem } = shown;
  if (state.step === "here") return null;
  return (
    <div className="min-w-0 text-13 text-quiet">
      {state.step === "missing" && (
        <Button
          aria-label={t("files.fetchNamed", { name, size: fileSize(file.size) })}
          onClick={shown.fetch}
        >
          <Download aria-hidden="true" className="size-4" />
          {t("files.fetch", { size: fileSize(file.size) })}
        </Button>
      )}
      {state.step === "fetching" && (
        <div className="flex items-center gap-1">
          <div className="min-w-0 flex-1">
            <p className="truncate tabular-nums">
              {t(state.from.length > 0 ? "files.from" : "files.asking", {
                people: listText(state.from.map((person) => person.name)),
                have: fileSize(state.have),
                of: fileSize(state.of),
              })}
            </p>
            <ProgressBar label={t("files.progress", { name })} value={state.have} of={state.of} />
          </div>
          <IconButton label={t("files.cancel", { name })} icon={<X />} onClick={shown.cancel} />
        </div>
      )}
      {state.step === "failed" && (
        <div>
          <p>{t(`files.why.${state.why}`)}</p>
          <div className="mt-1 flex flex-wrap gap-2">
            <Button aria-label={t("files.retryNamed", { name })} onClick={shown.fetch}>
              {t("retry")}
            </Button>
            <Button
              kind="quiet"
              aria-label={t("files.stopTryingNamed", { name })}
              onClick={shown.cancel}
            >
              {t("files.stopTrying")}
            </Button>
          </div>
        </div>
      )}
      {problem && (
        <p role="alert" className="text-bad-text">
          {problem}
        </p>
      )}
    </div>
  );
}
