import { useEffect, type RefObject } from "react";

/**
 * Opens the platform's modal dialog: the rest of the page is inert, a press outside closes, and focus goes to what asks
 * for it inside and comes back to where it was.
 */
export function useModal(dialog: RefObject<HTMLDialogElement | null>, onClose: () => void): void {
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    (element?.querySelector<HTMLElement>("[data-autofocus]") ?? element)?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [dialog]);

  useEffect(() => {
    const element = dialog.current;
    const onMouseDown = (event: MouseEvent) => {
      if (event.target === element) onClose();
    };
    element?.addEventListener("mousedown", onMouseDown);
    return () => element?.removeEventListener("mousedown", onMouseDown);
  }, [dialog, onClose]);
}
