import type { Ownership, Space } from "@multichat/client/contract";

/** What is opened in place, to be filled in and done or left. */
export interface StepProps {
  space: Space;
  ownership: Ownership;
  /** @param note what is to be told about it */
  onDone(note: string | null): void;
  onCancel(): void;
}
