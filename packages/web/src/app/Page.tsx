import type { ReactNode } from "react";

interface Props {
  title: string;
  lead?: ReactNode;
  /** Small words above the title: where in a row of steps this is. */
  above?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
}

/** A screen with one thing on it. */
export function Page({ title, lead, above, wide = false, children }: Props) {
  return (
    <main className="grid h-full grid-cols-[minmax(0,1fr)] justify-items-center overflow-y-auto px-6 py-10">
      <div className={`my-auto w-full ${wide ? "max-w-160" : "max-w-104"}`}>
        {above}
        <h1 className="text-28 font-bold tracking-tight text-balance wrap-anywhere">{title}</h1>
        {lead && <div className="mt-3 text-17 text-pretty text-quiet wrap-anywhere">{lead}</div>}
        {children && <div className="mt-8">{children}</div>}
      </div>
    </main>
  );
}
