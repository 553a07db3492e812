import type { FileHit } from "@multichat/client/contract";
import { File } from "lucide-react";
import { Marked } from "./Marked.tsx";

/** Files by their names, and what was found of what they show. */
export function FoundFiles({ files }: { files: readonly FileHit[] }) {
  return files.map(({ name, ranges, alt }, index) => (
    <span key={index} className="flex items-start gap-1.5 text-text">
      <File aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-quiet" />
      <span className="min-w-0 wrap-anywhere">
        <bdi>
          <Marked text={name} ranges={ranges} />
        </bdi>
        {alt && (
          <span dir="auto" className="block text-13 text-quiet">
            <Marked text={alt.snippet} ranges={alt.ranges} />
          </span>
        )}
      </span>
    </span>
  ));
}
