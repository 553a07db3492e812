/** A button that has the camera look for a code. The reader is fetched when it is first pressed. */
import { Camera } from "lucide-react";
import { Suspense, useCallback, useState } from "react";
import { part } from "../app/part.ts";
import { PartBoundary } from "../app/PartBoundary.tsx";
import { PartMissingNote } from "../app/PartMissingNote.tsx";
import { Busy } from "../design/Busy.tsx";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";
import type { CodeKind } from "./code-kind.ts";

const CameraView = part(async () => (await import("./CameraView.tsx")).CameraView);

interface Props {
  wanted: CodeKind;
  label: string;
  /** What to do where there is no camera. */
  instead: string;
  className?: string;
  onCode(code: string): void;
  /** The camera is switched on or off. */
  onToggle?(on: boolean): void;
}

export function ScanCode({ wanted, label, instead, className = "", onCode, onToggle }: Props) {
  const link = useAppState((s) => s.link);
  const [on, setOn] = useState(false);
  const toggle = useCallback(
    (next: boolean) => {
      setOn(next);
      onToggle?.(next);
    },
    [onToggle],
  );
  const found = useCallback(
    (code: string) => {
      toggle(false);
      onCode(code);
    },
    [toggle, onCode],
  );
  return (
    <div className={className}>
      <Button aria-expanded={on} onClick={() => toggle(!on)}>
        <Camera aria-hidden="true" className="size-4" />
        {on ? t("scan.stop") : label}
      </Button>
      {on && (
        <div className="mt-3">
          <PartBoundary link={link} fallback={<PartMissingNote />}>
            <Suspense fallback={<Busy>{t("scan.starting")}</Busy>}>
              <CameraView wanted={wanted} instead={instead} onCode={found} />
            </Suspense>
          </PartBoundary>
        </div>
      )}
    </div>
  );
}
