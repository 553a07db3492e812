/** A file of a message as it is now, and what can be done with it. */
import type { FileState, FileView, Message } from "@multichat/client/contract";
import { useCallback } from "react";
import { useTask } from "../design/use-task.ts";
import { useApp, useAppState } from "../state/context.tsx";

export interface ShownFile {
  state: FileState;
  thumbHere: boolean;
  /** Where its bytes can be had once it is here; null while its message is being stored. */
  address: string | null;
  thumbAddress: string | null;
  fetch(): void;
  cancel(): void;
  /** Why neither could be done, in words. */
  problem: string | null;
}

export function useFile(message: Message, file: FileView): ShownFile {
  const app = useApp();
  const { blob, shape } = file;
  const pushed = useAppState((s) => s.fileStates[blob]);
  const thumb = shape.thumb?.blob;
  const thumbPushed = useAppState((s) => (thumb ? s.fileStates[thumb] : undefined));
  const stored = message.position !== "";
  const task = useTask(
    useCallback(
      async (command: "file.fetch" | "file.cancel") => {
        const answer = await app.client.call(command, { message: message.id, blob });
        app.store.setState((s) => ({ fileStates: { ...s.fileStates, [blob]: answer.file.state } }));
      },
      [app, message.id, blob],
    ),
  );
  return {
    state: pushed ?? file.state,
    thumbHere: thumb !== undefined && (thumbPushed ? thumbPushed.step === "here" : file.thumbHere),
    address: stored ? app.backend.fileAddress(message.id, blob) : null,
    thumbAddress: stored && thumb !== undefined ? app.backend.fileAddress(message.id, thumb) : null,
    fetch: () => void task.start("file.fetch"),
    cancel: () => void task.start("file.cancel"),
    problem: task.problem,
  };
}
