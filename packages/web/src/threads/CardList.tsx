import type { ReactNode } from "react";
import { Skeleton } from "../design/Skeleton.tsx";

interface Props<T> {
  label: string;
  /** Shown where there is nothing. */
  empty: string;
  problem: string | null;
  /** Undefined until they are known. */
  items: readonly T[] | undefined;
  children(item: T): ReactNode;
}

/** Messages gathered from elsewhere. */
export function CardList<T extends { id: string }>({ label, empty, problem, items, children }: Props<T>) {
  if (problem && !items) {
    return (
      <p role="alert" className="p-4 text-bad-text">
        {problem}
      </p>
    );
  }
  if (!items) {
    return (
      <div aria-busy="true" className="space-y-3 p-4">
        {[1, 2, 3].map((card) => (
          <Skeleton key={card} className="h-28 w-full" />
        ))}
      </div>
    );
  }
  if (items.length === 0) return <p className="max-w-[60ch] p-4 text-quiet">{empty}</p>;
  return (
    <ul aria-label={label} className="space-y-3 p-4">
      {items.map((item) => (
        <li key={item.id}>{children(item)}</li>
      ))}
    </ul>
  );
}
