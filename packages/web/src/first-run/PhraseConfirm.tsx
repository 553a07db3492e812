import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { pickPositions } from "./pick-positions.ts";

interface Props {
  onDone(): void;
  onBack(): void;
  onLater(): void;
}

/** Three words typed back. Once they match, the phrase leaves this device. */
export function PhraseConfirm({ onDone, onBack, onLater }: Props) {
  const app = useApp();
  const [positions] = useState(() => pickPositions(Math.random));
  const [typed, setTyped] = useState<Record<number, string>>({});
  const words = positions.map((position) => ({ position, word: (typed[position] ?? "").trim().toLowerCase() }));
  const complete = words.every(({ word }) => word !== "");
  const task = useTask(
    useCallback(async () => {
      await app.client.call("account.confirm-phrase", { words });
      app.store.setState((s) => ({ status: s.status && { ...s.status, phraseUnsaved: false } }));
      onDone();
    }, [app, words, onDone]),
  );

  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void task.start();
      }}
    >
      <div className="space-y-4">
        {positions.map((position, index) => (
          <Field
            key={position}
            label={t("confirm.word", { number: position + 1 })}
            value={typed[position] ?? ""}
            onChange={(event) => setTyped({ ...typed, [position]: event.target.value })}
            verbatim
            autoFocus={index === 0}
            large
          />
        ))}
      </div>
      <Problem text={task.problem} />
      <p className="mt-3 text-13 text-quiet">{t("confirm.erased")}</p>
      <Button type="submit" kind="primary" large className="mt-6 w-full" disabled={!complete || task.busy}>
        {t("confirm.check")}
      </Button>
      <div className="-mx-4 mt-2 flex justify-between">
        <Button kind="quiet" onClick={onBack}>
          {t("confirm.back")}
        </Button>
        <Button kind="quiet" onClick={onLater}>
          {t("firstRun.later")}
        </Button>
      </div>
    </form>
  );
}
