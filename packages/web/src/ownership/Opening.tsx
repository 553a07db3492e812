import { useCallback, useState, type ReactNode } from "react";
import { Button } from "../design/Button.tsx";

interface Props {
  label: string;
  ariaLabel?: string;
  kind?: "plain" | "primary";
  /** Why it cannot be done. */
  why?: string | null;
  children(done: (note: string | null) => void, cancel: () => void): ReactNode;
}

/** A button in whose place something opens that has to be filled in. What it ends with is said there. */
export function Opening({ label, ariaLabel, kind = "plain", why = null, children }: Props) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const cancel = useCallback(() => setOpen(false), []);
  const done = useCallback((said: string | null) => {
    setNote(said);
    setOpen(false);
  }, []);
  return (
    <>
      {note && (
        <p role="status" className="mt-3 rounded-m border border-line bg-sunken px-3.5 py-2.5">
          {note}
        </p>
      )}
      {open ? (
        <div className="mt-3 rounded-m border border-line p-4">{children(done, cancel)}</div>
      ) : (
        <Button className="mt-3" {...(kind === "primary" ? { kind } : {})} aria-label={ariaLabel ?? label} why={why} onClick={() => setOpen(true)}>
          {label}
        </Button>
      )}
    </>
  );
}
