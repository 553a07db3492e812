import type { ReactNode } from "react";

/** The room that most sections fill: a column of readable width. */
export function SectionBody({ children }: { children: ReactNode }) {
  return <div className="max-w-160 space-y-7 p-6 max-two:px-4">{children}</div>;
}

/** A piece of a section; the first needs no title where the section's own says it. */
export function Piece({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section>
      {title && <h4 className="mb-2 font-bold">{title}</h4>}
      {children}
    </section>
  );
}
