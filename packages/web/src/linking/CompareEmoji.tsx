import type { Linking } from "@multichat/client/contract";
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";

interface Props {
  emoji: NonNullable<Linking["emoji"]>;
  /** Whose screen shows the others. */
  other: string;
  /** This side has said that they are the same. */
  confirmed: boolean;
}

/** Seven pictures that both devices show, and the question whether they are the same. */
export function CompareEmoji({ emoji, other, confirmed }: Props) {
  const app = useApp();
  const answer = useTask(
    useCallback(
      async (same: boolean) => {
        const { linking } = await app.client.call("device.link-confirm", { same });
        app.store.setState({ linking });
      },
      [app],
    ),
  );
  return (
    <>
      <ol aria-label={t("linking.pictures")} className="flex flex-wrap justify-center gap-x-2 gap-y-4 rounded-m border border-line bg-sunken px-2 py-5">
        {emoji.map(({ symbol, name }, index) => (
          <li key={index} className="flex w-20 flex-col items-center gap-1.5 text-center">
            <span aria-hidden="true" className="text-[2rem] leading-10">
              {symbol}
            </span>
            <span className="text-12 text-quiet">{name}</span>
          </li>
        ))}
      </ol>
      {confirmed ? (
        <p role="status" className="mt-5">
          {t("linking.confirmThere", { other })}
        </p>
      ) : (
        <>
          <p className="mt-5">{t("linking.same", { other })}</p>
          <p className="mt-1 text-13 text-quiet">{t("linking.sameWhy")}</p>
          <div className="mt-5 flex flex-wrap gap-2">
            <Button kind="primary" disabled={answer.busy} onClick={() => void answer.start(true)}>
              {t("linking.theyAreSame")}
            </Button>
            <Button disabled={answer.busy} onClick={() => void answer.start(false)}>
              {t("linking.theyDiffer")}
            </Button>
          </div>
          <Problem text={answer.problem} />
        </>
      )}
    </>
  );
}
