/** What files of this workspace take here, how long those of others stay, and how large they may be for everybody. */
import type { Space, SpaceStorage } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { Choice } from "../../design/Choice.tsx";
import { Problem } from "../../design/Problem.tsx";
import { Skeleton } from "../../design/Skeleton.tsx";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { fileSize } from "../../i18n/sizes.ts";
import { useApp } from "../../state/context.tsx";
import { whyNot } from "../../state/permissions.ts";
import { Piece, SectionBody } from "../SectionBody.tsx";

const keepChoices = [7, 30, 90, 365];
const megabyte = 1_000_000;
const limitChoices = [10, 25, 100, 500, 2_000].map((count) => count * megabyte);

export function WorkspaceFiles({ space }: { space: Space }) {
  return (
    <SectionBody>
      <Piece title={t("storage.here")}>
        <StorageHere space={space} />
      </Piece>
      <Piece title={t("storage.limit")}>
        <Limit space={space} />
      </Piece>
    </SectionBody>
  );
}

function StorageHere({ space }: { space: Space }) {
  const { client } = useApp();
  const [storage, setStorage] = useState<SpaceStorage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let shown = true;
    const ask = () =>
      client.call("space.storage", { space: space.id }).then(
        (answer) => shown && setStorage(answer),
        (error: unknown) => shown && setProblem(problemText(error)),
      );
    void ask();
    const off = client.on("file", ({ state }) => state.step !== "fetching" && void ask());
    return () => {
      shown = false;
      off();
    };
  }, [client, space.id]);
  const task = useTask(
    useCallback(
      async (days: number | null) =>
        setStorage(await client.call("space.keep-files", { space: space.id, days })),
      [client, space.id],
    ),
  );
  if (!storage) return problem ? <Problem text={problem} /> : <Skeleton className="h-24" />;
  const { bytes, files, keepDays } = storage;
  const days = [...new Set([...keepChoices, ...(keepDays === null ? [] : [keepDays])])].toSorted(
    (a, b) => a - b,
  );
  return (
    <>
      <p className="tabular-nums">{t("storage.used", { count: files, size: fileSize(bytes) })}</p>
      <Choice
        className="mt-4 max-w-80"
        label={t("storage.keep")}
        value={String(keepDays ?? 0)}
        options={[
          { value: "0", label: t("storage.keepAll") },
          ...days.map((count) => ({
            value: String(count),
            label: t("storage.keepDays", { count }),
          })),
        ]}
        disabled={task.busy}
        onChoose={(value) => void task.start(value === "0" ? null : Number(value))}
      />
      <p className="mt-2 text-13 text-quiet">{t("storage.keepAbout")}</p>
      <Problem text={task.problem} />
    </>
  );
}

function Limit({ space }: { space: Space }) {
  const app = useApp();
  const why = whyNot(space, "manage-space");
  const task = useTask(
    useCallback(
      async (bytes: number) => {
        const answer = await app.client.call("space.file-limit", { space: space.id, bytes });
        app.store.setState((s) => ({ spaces: { ...s.spaces, [space.id]: answer.space } }));
      },
      [app, space.id],
    ),
  );
  const sizes = [
    ...new Set([...limitChoices, ...(space.fileLimit > 0 ? [space.fileLimit] : [])]),
  ].toSorted((a, b) => a - b);
  return (
    <>
      <Choice
        className="max-w-80"
        label={t("storage.largest")}
        value={String(space.fileLimit)}
        options={[
          { value: "0", label: t("storage.anySize") },
          ...sizes.map((bytes) => ({ value: String(bytes), label: fileSize(bytes) })),
        ]}
        disabled={task.busy || why !== null}
        onChoose={(value) => void task.start(Number(value))}
      />
      <p className="mt-2 text-13 text-quiet">{why ?? t("storage.limitAbout")}</p>
      <Problem text={task.problem} />
    </>
  );
}
