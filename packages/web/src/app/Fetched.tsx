/** A part of the app in its place. Where it could not be fetched, all around it stays as it is. */
import { Suspense, type ReactNode } from "react";
import { useAppState } from "../state/context.tsx";
import { PartBoundary } from "./PartBoundary.tsx";

interface Props {
  /** Until it is there. */
  coming?: ReactNode;
  missing: ReactNode;
  children: ReactNode;
}

export function Fetched({ coming = null, missing, children }: Props) {
  const link = useAppState((s) => s.link);
  return (
    <PartBoundary link={link} fallback={missing}>
      <Suspense fallback={coming}>{children}</Suspense>
    </PartBoundary>
  );
}
