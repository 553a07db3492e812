import type { Message } from "@multichat/client/contract";
import { Suspense } from "react";
import { part } from "../app/part.ts";
import { PartBoundary } from "../app/PartBoundary.tsx";
import { useAppState } from "../state/context.tsx";
import { fileBox } from "./file-box.ts";
import { fileKind } from "./file-kind.ts";

export const FileList = part(async () => (await import("./FileList.tsx")).FileList);

/** The files of a message. What shows them is fetched when the first is in sight, and takes the same room before that. */
export function MessageFiles({ message }: { message: Message }) {
  const link = useAppState((s) => s.link);
  const room = <Room message={message} />;
  return (
    <PartBoundary link={link} fallback={room}>
      <Suspense fallback={room}>
        <FileList message={message} />
      </Suspense>
    </PartBoundary>
  );
}

function Room({ message }: { message: Message }) {
  return (
    <div className="my-1 flex flex-wrap gap-2">
      {message.files.map((file, index) => {
        const kind = fileKind(file);
        const box =
          kind === "image" || kind === "video" ? fileBox(file.shape) : { width: 340, height: 60 };
        return <div key={index} className="skeleton max-w-full rounded-m" style={box} />;
      })}
    </div>
  );
}
