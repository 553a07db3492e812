/** A modal dialog with a title. On a narrow screen it is a sheet from below. */
import { X } from "lucide-react";
import { useId, useRef, type ReactNode } from "react";
import { t } from "../i18n/messages.ts";
import { IconButton } from "./IconButton.tsx";
import { useModal } from "./use-modal.ts";

interface Props {
  title: string;
  /** Hidden from sight where the content says it by itself (the switcher). */
  titleHidden?: boolean;
  wide?: boolean;
  onClose(): void;
  children: ReactNode;
}

/** Where one types and the height follows, the field stays where it is: the upper edge does, and below there is room. */
const typedIn = "two:mt-[12dvh] max-two:h-[85dvh]";

export function Dialog({ title, titleHidden = false, wide = false, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useModal(dialog, onClose);

  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={`m-auto open:flex max-h-[min(85dvh,760px)] w-full flex-col overflow-hidden rounded-l border border-line bg-raised p-0 text-15 shadow-float max-two:mb-0 max-two:max-w-full max-two:rounded-b-none ${wide ? "two:max-w-160" : "two:max-w-112"} ${titleHidden ? typedIn : ""}`}
    >
      <header className={titleHidden ? "sr-only" : "flex items-start gap-2 ps-5 pe-3 pt-4 pb-2"}>
        <h2 id={titleId} className="min-w-0 flex-1 text-17 font-bold wrap-anywhere">
          {title}
        </h2>
        {!titleHidden && <IconButton label={t("dialog.close")} icon={<X />} onClick={onClose} className="-mt-1 pointer-coarse:-mt-2.5" />}
      </header>
      <div className={titleHidden ? "flex min-h-0 flex-col" : "min-h-0 overflow-y-auto px-5 pt-1 pb-5"}>{children}</div>
    </dialog>
  );
}

/** The buttons at the foot of a dialog: the one that goes on comes last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}
