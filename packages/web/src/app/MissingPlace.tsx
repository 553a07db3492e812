import { PartMissingNote } from "./PartMissingNote.tsx";

/** In place of what fills the main part of the screen. */
export function MissingPlace() {
  return (
    <div className="p-5">
      <PartMissingNote />
    </div>
  );
}
