import { Suspense } from "react";
import { part } from "../app/part.ts";
import { PartBoundary } from "../app/PartBoundary.tsx";
import { useAppState } from "../state/context.tsx";

const EmojiPicker = part(async () => (await import("./EmojiPicker.tsx")).EmojiPicker);

interface Props {
  /** A dialog has one of its own, for everything outside it cannot be used while it is open. */
  inDialog?: boolean;
}

/** Shows the emoji picker where it was asked for (picker-state.ts). It is fetched when it is first opened. */
export function PickerHost({ inDialog = false }: Props) {
  const link = useAppState((s) => s.link);
  const picker = useAppState((s) => s.picker);
  if (!picker || (picker.anchor.closest("dialog") !== null) !== inDialog) return null;
  return (
    <PartBoundary link={link} fallback={null}>
      <Suspense fallback={null}>
        <EmojiPicker anchor={picker.anchor} pick={picker.pick} />
      </Suspense>
    </PartBoundary>
  );
}
