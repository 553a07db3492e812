import type { Id } from "@multichat/client/contract";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { kinds } from "./kinds.tsx";

/** The dialog of one kind of content. */
export function CreateContentSheet({ channel: id, content }: { channel: Id; content: string }) {
  const app = useApp();
  const channel = useAppState((s) => s.channels[id]);
  const kind = kinds.find((candidate) => candidate.kind === content);
  return channel && kind ? <kind.Create channel={channel} onClose={() => closeSheet(app)} /> : null;
}
