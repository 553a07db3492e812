/** After how long messages disappear. What would destroy something now is asked about first. */
import { useCallback, useState } from "react";
import { createPortal } from "react-dom";
import { Fetched } from "../app/Fetched.tsx";
import { MissingSheet } from "../app/MissingSheet.tsx";
import { Choice } from "../design/Choice.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";
import { CustomLength } from "./custom-length.ts";
import { retentionBounds, retentions } from "./lengths.ts";

interface Props {
  label: string;
  /** Seconds; 0: they stay. */
  value: number;
  /** Why it cannot be changed. */
  why: string | null;
  change(seconds: number): Promise<void>;
}

export function RetentionChoice({ label, value, why, change }: Props) {
  const [asking, setAsking] = useState<"custom" | number | null>(null);
  const task = useTask(change);
  const close = useCallback(() => setAsking(null), []);
  const choose = (seconds: number) => {
    const isShorter = seconds > 0 && (value === 0 || seconds < value);
    if (isShorter) setAsking(seconds);
    else void task.start(seconds);
  };
  const known: readonly number[] = retentions;
  const steps = known.includes(value) ? known : [...known, value].sort((a, b) => a - b);
  return (
    <>
      <Choice
        className="max-w-72"
        label={label}
        value={String(value)}
        disabled={why !== null || task.busy}
        onChoose={(chosen) => (chosen === "custom" ? setAsking("custom") : choose(Number(chosen)))}
        options={[
          ...steps.map((seconds) => ({
            value: String(seconds),
            label:
              seconds === 0
                ? t("retention.never")
                : t("retention.afterSpan", { span: spanText(seconds) }),
          })),
          { value: "custom", label: t("retention.custom") },
        ]}
      />
      {why !== null && <p className="mt-1.5 text-13 text-quiet">{why}</p>}
      <Problem text={task.problem} />
      {asking === "custom" &&
        createPortal(
          <Fetched missing={<MissingSheet onClose={close} />}>
            <CustomLength bounds={retentionBounds} onChoose={choose} onClose={close} />
          </Fetched>,
          document.body,
        )}
      {typeof asking === "number" &&
        createPortal(
          <Dialog title={t("retention.confirmTitle", { span: spanText(asking) })} onClose={close}>
            <p>{t("retention.confirm")}</p>
            <p className="mt-2 text-quiet">{t("retention.honest")}</p>
            <Confirm
              label={t("retention.confirmGo")}
              run={async () => {
                await change(asking);
                close();
              }}
              onCancel={close}
            />
          </Dialog>,
          document.body,
        )}
    </>
  );
}
