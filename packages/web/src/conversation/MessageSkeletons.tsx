import { Skeleton } from "../design/Skeleton.tsx";
import { t } from "../i18n/messages.ts";

const lines = ["w-4/5", "w-2/5", "w-3/5", "w-1/2", "w-4/5", "w-1/3", "w-3/5"];

export function MessageSkeletons() {
  return (
    <div aria-busy="true" className="absolute inset-0 flex flex-col justify-end gap-5 overflow-hidden px-5 pb-5">
      <span className="sr-only">{t("messages.loading")}</span>
      {lines.map((width, index) => (
        <div key={index} className="flex gap-3">
          <Skeleton className="size-9 shrink-0 rounded-full" />
          <div className="flex-1 space-y-2 pt-0.5">
            <Skeleton className="h-3.5 w-28" />
            <Skeleton className={`h-3.5 max-w-160 ${width}`} />
          </div>
        </div>
      ))}
    </div>
  );
}
