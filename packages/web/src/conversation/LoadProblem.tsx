import type { Id } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";

export function LoadProblem({ of, retry }: { of: Id; retry(): void }) {
  const problem = useAppState((s) => s.timelines[of]?.problem);
  return (
    <div role="alert" className="absolute inset-0 grid place-content-center justify-items-center gap-3 px-6 text-center">
      <p>{problem}</p>
      <Button onClick={retry}>{t("retry")}</Button>
    </div>
  );
}
