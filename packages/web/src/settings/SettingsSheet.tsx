/**
 * The settings: over the whole height, the sections beside the one that is shown; in a narrow window the list, then a
 * section, with a way back.
 */
import { ArrowLeft, X } from "lucide-react";
import { Suspense, useCallback, useEffect, useId, useRef, type RefObject } from "react";
import { PartBoundary } from "../app/PartBoundary.tsx";
import { PartMissingNote } from "../app/PartMissingNote.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { onePane, useNarrower } from "../state/panes.ts";
import { useModal } from "../design/use-modal.ts";
import { t } from "../i18n/messages.ts";
import type { SettingsPlace } from "../state/address.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSettings, leaveSection } from "../state/settings-place.ts";
import { SectionList } from "./SectionList.tsx";
import { SectionSkeleton } from "./SectionSkeleton.tsx";
import { useSections } from "./use-sections.tsx";

export function SettingsSheet({ place }: { place: SettingsPlace }) {
  const app = useApp();
  const narrow = useNarrower(onePane);
  const link = useAppState((s) => s.link);
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = useCallback(() => closeSettings(app), [app]);
  const { groups, shown } = useSections(place, { always: !narrow });
  useModal(dialog, close);
  useFocus(narrow, shown?.key ?? null, { dialog, heading });

  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      className="m-0 flex h-dvh max-h-none w-full max-w-none overflow-hidden bg-surface p-0 text-15 two:m-auto two:h-[min(100dvh-32px,880px)] two:w-[min(100vw-32px,1000px)] two:rounded-l two:border two:border-line two:shadow-float"
    >
      <div className={narrow && shown ? "sr-only" : "flex w-full shrink-0 flex-col border-line bg-sunken two:w-60 two:border-e"}>
        <div className="flex h-13 shrink-0 items-center ps-5 pe-2">
          <h2 id={titleId} className="flex-1 text-17 font-bold">
            {t("settings.title")}
          </h2>
          {narrow && !shown && <IconButton label={t("dialog.close")} icon={<X />} onClick={close} />}
        </div>
        {!(narrow && shown) && <SectionList groups={groups} shown={shown} narrow={narrow} />}
      </div>
      {shown && (
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="flex h-13 shrink-0 items-center gap-1 border-b border-line ps-6 pe-2 max-two:ps-1">
            {narrow && (
              <IconButton label={t("conversation.back")} icon={<ArrowLeft />} onClick={() => leaveSection(app)} />
            )}
            <h3 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate text-17 font-bold focus-visible:outline-none">
              {shown.title}
            </h3>
            <IconButton label={t("dialog.close")} icon={<X />} onClick={close} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <PartBoundary key={shown.key} link={link} fallback={<SectionMissing />}>
              <Suspense fallback={<SectionSkeleton />}>{shown.view}</Suspense>
            </PartBoundary>
          </div>
        </div>
      )}
    </dialog>
  );
}

function SectionMissing() {
  return (
    <div className="p-6">
      <PartMissingNote />
    </div>
  );
}

/** With one pane, focus goes along: into the section that was opened, and back to its link in the list. */
function useFocus(
  narrow: boolean,
  shown: string | null,
  { dialog, heading }: Record<"dialog" | "heading", RefObject<HTMLElement | null>>,
): void {
  const before = useRef<string | null>(null);
  const first = useRef(true);
  useEffect(() => {
    const last = before.current;
    before.current = shown;
    if (first.current) {
      first.current = false;
      return;
    }
    if (!narrow) return;
    if (shown) heading.current?.focus();
    else if (last) dialog.current?.querySelector<HTMLElement>(`[data-section="${last}"]`)?.focus();
  }, [narrow, shown, dialog, heading]);
}
