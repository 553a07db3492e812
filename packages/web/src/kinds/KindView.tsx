import type { Message } from "@multichat/client/contract";
import { Suspense } from "react";
import { PartBoundary } from "../app/PartBoundary.tsx";
import { Prose } from "../markdown/Prose.tsx";
import { useAppState } from "../state/context.tsx";
import type { Kind } from "./kinds.tsx";

/** A message of a kind with a view; until that is there, the text that stands for it. */
export function KindView({ kind, message }: { kind: Kind; message: Message }) {
  const link = useAppState((s) => s.link);
  const text = <Prose text={message.text} mentions={message.mentions} space={message.space} />;
  return (
    <PartBoundary link={link} fallback={text}>
      <Suspense fallback={text}>{kind.show(message)}</Suspense>
    </PartBoundary>
  );
}
