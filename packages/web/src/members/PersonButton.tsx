import type { Id, Person } from "@multichat/client/contract";
import { useRef, useState, type ReactNode } from "react";
import { LazyProfileCard } from "./LazyProfileCard.tsx";

interface Props {
  space: Id;
  person: Person;
  tabIndex?: 0 | -1;
  className?: string;
  children: ReactNode;
}

/** A person's name or avatar: opens their profile card beside it. */
export function PersonButton({ space, person, tabIndex = 0, className = "", children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  // A press outside closes the card before the click arrives: it must not open it again.
  const pressedOpen = useRef(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        tabIndex={tabIndex}
        onPointerDown={() => (pressedOpen.current = open)}
        onClick={() => {
          setOpen(!pressedOpen.current);
          pressedOpen.current = false;
        }}
        className={className}
      >
        {children}
      </button>
      {open && <LazyProfileCard space={space} person={person} anchor={button} onClose={() => setOpen(false)} />}
    </>
  );
}
