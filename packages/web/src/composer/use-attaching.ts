/** Files on their way into a message: picked, dropped on the conversation, or pasted. */
import type { Channel, FileShape, Id, Space } from "@multichat/client/contract";
import { useEffect, useState, type ClipboardEvent, type RefObject } from "react";
import { announce } from "../design/announce.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { stageFiles, type Staged } from "../state/staging.ts";

export interface Attaching {
  staged: readonly Staged[];
  /** Why nothing can be attached here, or null. */
  why: string | null;
  add(files: readonly File[], voice?: FileShape): void;
  onPaste(event: ClipboardEvent): void;
  /** Files are being held over the conversation. */
  over: boolean;
}

const none: readonly Staged[] = [];

/** @param inside an element of the conversation, whose parent takes what is dropped */
export function useAttaching(
  space: Space,
  channel: Channel,
  place: Id,
  inside: RefObject<HTMLElement | null>,
): Attaching {
  const app = useApp();
  const staged = useAppState((s) => s.staged[place]) ?? none;
  const why = whyNot(channel, "attach");
  const add = (files: readonly File[], voice?: FileShape) => {
    if (files.length === 0) return;
    if (why) announce(why);
    else stageFiles(app, place, files, space.fileLimit, voice);
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    // What was copied from a text or a table has a picture of itself beside it.
    if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    add(files);
  };
  const over = useDrop(inside, add);
  useEffect(() => {
    // Without it files are as before, except that they do not outlive the page.
    void import("../state/staged-kept.ts").then(
      ({ keepStaged }) => keepStaged(app),
      () => undefined,
    );
  }, [app]);
  return { staged, why, add, onPaste, over };
}

function useDrop(
  inside: RefObject<HTMLElement | null>,
  add: (files: readonly File[]) => void,
): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const target = inside.current?.parentElement;
    if (!target) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && target.contains(event.relatedTarget)))
        setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      add(filesOf(event.dataTransfer!));
    };
    target.addEventListener("dragover", onDragOver);
    target.addEventListener("dragleave", onDragLeave);
    target.addEventListener("drop", onDrop);
    window.addEventListener("dragover", keepPage);
    window.addEventListener("drop", keepPage);
    return () => {
      target.removeEventListener("dragover", onDragOver);
      target.removeEventListener("dragleave", onDragLeave);
      target.removeEventListener("drop", onDrop);
      window.removeEventListener("dragover", keepPage);
      window.removeEventListener("drop", keepPage);
    };
  });
  return over;
}

/** Folders are left out: they cannot be sent. */
function filesOf({ items }: DataTransfer): File[] {
  return [...items].flatMap((item) =>
    item.kind !== "file" || item.webkitGetAsEntry()?.isDirectory === true
      ? []
      : (item.getAsFile() ?? []),
  );
}

/** Beside the place for it, a browser would open what is dropped in place of the page. */
function keepPage(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
}
