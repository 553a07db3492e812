import type { ReactNode } from "react";

/** The room that most sections fill: a column of readable width. */
export function SectionBody({ children }: { children: ReactNode }) {
  return <div className="max-w-160 space-y-7 p-6 max-two:px-4">{children}</div>;
}

/** A titled piece of a section. */
export function Piece({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-2 text-13 font-medium">{title}</h4>
      {children}
    </section>
  );
}
