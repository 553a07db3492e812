/** Files of the in-memory Multichat: their bytes are objects of the page. */
import type { FileDraft, FileState, FileView, Id, Message } from "@multichat/client/contract";
import { FakeError } from "./fake-error.ts";
import type { Handlers } from "./governing.ts";
import { idOf, type World } from "./world.ts";

const held = new Map<Id, Blob>();
const addresses = new Map<Id, string>();
let made = 0;

/** What becomes of files that are handed over, from here on. */
export const uploads: { how: "taken" | "refused" | Promise<void> } = { how: "taken" };

export async function fakeHandOver(
  file: Blob,
  progress: (sent: number) => void,
  signal: AbortSignal,
): Promise<{ blob: Id; size: number }> {
  if (uploads.how === "refused")
    throw Object.assign(new Error("The disk is full."), { name: "NotTaken" });
  progress(file.size / 2);
  if (uploads.how !== "taken") await uploads.how;
  signal.throwIfAborted();
  return { blob: putFile(`file ${made++}`, file), size: file.size };
}

export function putFile(name: string, bytes: Blob): Id {
  const blob = idOf(name);
  held.set(blob, bytes);
  return blob;
}

/** Where nothing is, as with the node, there is nothing. */
export function fakeFileAddress(blob: Id): string {
  const bytes = held.get(blob);
  if (!bytes) return "/nothing-here";
  const address = addresses.get(blob) ?? URL.createObjectURL(bytes);
  addresses.set(blob, address);
  return address;
}

/** What was handed over under this id. */
export function fakeFile(blob: Id): Blob | undefined {
  return held.get(blob);
}

export function fileViews(drafts: readonly FileDraft[] = []): FileView[] {
  return drafts.map(({ blob, name, type, shape = {} }) => ({
    blob,
    name,
    type,
    shape,
    size: held.get(blob)?.size ?? 0,
    state: { step: "here" },
    thumbHere: shape.thumb !== undefined,
  }));
}

export function files(
  world: World,
  tell: (message: Message) => void,
  push: (blob: Id, state: FileState) => void,
): Handlers {
  const find = (id: Id): Message => {
    const found = Object.values(world.messages)
      .flat()
      .find((message) => message.id === id);
    if (!found) throw new FakeError("not-found", "There is no such message.");
    return found;
  };
  const change = (message: Id, blob: Id, state: FileState): { file: FileView } => {
    const file = find(message).files.find((one) => one.blob === blob)!;
    file.state = state;
    push(blob, state);
    return { file };
  };
  let keepDays: number | null = null;
  const storage = () => ({ bytes: 1_284_000_000, files: 214, keepDays });
  return {
    "file.fetch": ({ message, blob }) => change(message, blob, { step: "failed", why: "nobody" }),
    "file.cancel": ({ message, blob }) => change(message, blob, { step: "missing" }),
    "file.looked": ({ message: id }) => {
      const message = find(id);
      message.once = { looked: true };
      tell(message);
      return { message };
    },
    "space.storage": storage,
    "space.keep-files": ({ days }) => {
      keepDays = days;
      return storage();
    },
    "space.file-limit": ({ space: id, bytes }) => {
      const space = world.spaces.find((one) => one.id === id)!;
      space.fileLimit = bytes;
      return { space };
    },
  };
}
