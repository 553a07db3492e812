import type { Id } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { openChannel } from "../state/loading.ts";

export function LoadProblem({ channel }: { channel: Id }) {
  const app = useApp();
  const problem = useAppState((s) => s.timelines[channel]?.problem);
  return (
    <div role="alert" className="absolute inset-0 grid place-content-center justify-items-center gap-3 px-6 text-center">
      <p>{problem}</p>
      <Button onClick={() => void openChannel(app, channel)}>{t("retry")}</Button>
    </div>
  );
}
