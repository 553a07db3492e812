import { Skeleton } from "../design/Skeleton.tsx";

export function SectionSkeleton() {
  return (
    <div aria-busy="true" className="space-y-3 p-6 max-two:px-4">
      <Skeleton className="h-5 w-48" />
      <Skeleton className="h-10 w-full max-w-96" />
      <Skeleton className="h-10 w-full max-w-96" />
    </div>
  );
}
