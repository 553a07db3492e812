import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";

interface Props<T> {
  label: string;
  items: readonly T[];
  /** In pixels, before it has been measured. */
  rowHeight: number;
  className?: string;
  row(item: T): ReactNode;
}

/** A list of any length that scrolls by itself; only the rows near the window are in the page. */
export function WindowedList<T extends { id: string }>({ label, items, rowHeight, className = "", row }: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => items[index]!.id,
    overscan: 8,
  });
  return (
    <div ref={scroller} className={`min-h-0 flex-1 overflow-y-auto ${className}`}>
      <ul aria-label={label} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {row(items[item.index]!)}
          </li>
        ))}
      </ul>
    </div>
  );
}
