/** The commands about files (spec/local-api.md, Files). */
import type { ControlState } from "@multichat/core";
import type { Store, StoredEvent } from "@multichat/core/ports";
import type { FileDraft, FileView, Message } from "@multichat/client/contract";
import { type BlobId, type EventId, type FileEntry, limits } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { writtenOf } from "../conversation/contents.ts";
import { Failure } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";
import type { Files } from "./files.ts";

export function createFileCommands(scope: Scope, store: Store) {
  const { files } = scope.node;

  /** @throws Failure */
  function named(message: string, blob: string): { space: Space; entry: FileEntry; part: { blob: BlobId; size: number } } {
    const event = store.event(message as EventId);
    const entry = event === null || store.timelineEntry(event.id) === null ? undefined : entryOf(event, blob);
    if (event === null || entry === undefined) throw new Failure("not-found", "There is no such file here, or it is gone.");
    if (files.looked(event.id)) throw new Failure("not-found", "You have looked at it once, so it is not kept here.");
    const { space } = scope.readableChannel(event.channel);
    const [, , size, own, { thumb }] = entry;
    return { space, entry, part: own === blob ? { blob: own, size } : { blob: thumb![0], size: thumb![1] } };
  }

  function view(entry: FileEntry): { file: FileView } {
    return { file: files.view([entry])[0]! };
  }

  return {
    "file.get": ({ message, blob }) => view(named(message, blob).entry),
    "file.fetch": ({ message, blob }) => {
      const { space, entry, part } = named(message, blob);
      files.fetch(space.id, part.blob, part.size);
      return view(entry);
    },
    "file.cancel": ({ message, blob }) => {
      const { entry, part } = named(message, blob);
      files.cancel(part.blob);
      return view(entry);
    },
    "file.looked": ({ message }) => {
      const event = store.event(message as EventId);
      if (event === null || store.timelineEntry(event.id) === null) throw new Failure("not-found", "There is no such message here.");
      const { space } = scope.readableChannel(event.channel);
      const present = (): Message => scope.node.present.message(space, { ...store.timelineEntry(event.id)!, event: store.event(event.id)! });
      const shown = present();
      if (shown.once === null) throw new Failure("bad-request", "The files of this message stay.");
      // Its author keeps them for those who have not looked yet.
      if (!shown.own) scope.node.own.set(`looked/${event.id}`, String(scope.now()));
      return { message: present() };
    },
    "space.storage": ({ space }) => files.storage(scope.readable(space)),
    "space.keep-files": ({ space, days }) => {
      const found = scope.space(space);
      files.keepFor(found, days);
      return files.storage(found);
    },
    "space.file-limit": ({ space: id, bytes }) => {
      const space = scope.space(id);
      scope.require(space, "manage-space");
      scope.control(space, "policy.set", { key: "file-size", value: bytes });
      return { space: scope.node.present.space(space)! };
    },
  } satisfies Handlers;
}

/** That of the file, or of the file whose thumbnail it is. */
function entryOf(event: StoredEvent, wanted: string): FileEntry | undefined {
  return writtenOf(event)?.files?.find(([, , , blob, { thumb }]) => blob === wanted || thumb?.[0] === wanted);
}

/** The largest file that members' software sends in this space, in bytes; 0: any. */
export function fileLimitOf(state: ControlState): number {
  const limit = state.policies.get("file-size");
  return typeof limit === "number" ? limit : 0;
}

/** @throws Failure where one of them is larger than the space wants */
export function requireSmall(state: ControlState, entries: readonly FileEntry[]): void {
  const most = fileLimitOf(state);
  const large = entries.find(([, , size]) => most > 0 && size > most);
  if (large !== undefined) throw new Failure("too-large", `Files here may have at most ${megabytes(most)}; ${large[0]} has ${megabytes(large[2])}.`);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;

/** The files of a message that is being written. @throws Failure where one was not handed over */
export function entriesOf(files: Pick<Files, "size">, drafts: readonly FileDraft[]): FileEntry[] {
  return drafts.map(({ blob, name, type, shape: { thumb, ...shape } = {} }) => {
    const size = files.size(blob as BlobId);
    if (size === null) throw new Failure("not-found", `The bytes of ${name} are not here. Hand the file over again.`);
    if (thumb === undefined) return [name, type, size, blob as BlobId, shape];
    const small = files.size(thumb.blob as BlobId);
    if (small === null) throw new Failure("not-found", `The small picture of ${name} is not here. Hand it over again.`);
    if (small > limits.thumb) throw new Failure("too-large", `The small picture of ${name} has more than ${limits.thumb / 1024} KiB.`);
    return [name, type, size, blob as BlobId, { ...shape, thumb: [thumb.blob as BlobId, small] }];
  });
}
