import { FileUp } from "lucide-react";
import { useId, useRef } from "react";
import { t } from "../i18n/messages.ts";
import { Button } from "./Button.tsx";

interface Props {
  label: string;
  file: File | null;
  onFile(file: File): void;
  problem?: string | null;
}

/** One file of this computer: its name and a button to choose it. */
export function FileField({ label, file, onFile, problem = null }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-13 font-medium">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onFile(chosen);
        }}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => input.current?.click()}>
          <FileUp aria-hidden="true" className="size-4" />
          {t("file.choose")}
        </Button>
        <span className={`min-w-0 wrap-anywhere ${file ? "" : "text-quiet"}`}>{file ? file.name : t("file.none")}</span>
      </div>
      {problem && (
        <p role="alert" className="mt-1.5 text-13 text-bad-text wrap-anywhere">
          {problem}
        </p>
      )}
    </div>
  );
}
