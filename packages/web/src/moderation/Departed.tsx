import type { Departed as Gone, Id, Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { Avatar } from "../design/Avatar.tsx";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { ListProblem } from "../settings/ListProblem.tsx";
import { SectionSkeleton } from "../settings/SectionSkeleton.tsx";
import { noteChange } from "../state/changes.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { openSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";

/** Who left, was removed or is banned; bans can be lifted here, and what a removal undid be kept. */
export function Departed({ space }: { space: Space }) {
  const app = useApp();
  const { value, problem } = useListed("restriction.list", { space: space.id }, "restrictions", space.id);
  if (problem) return <ListProblem text={problem} />;
  if (!value) return <SectionSkeleton />;
  const why = whyNot(space, "ban");
  return (
    <div className="min-h-0 flex-1 overflow-y-auto border-t border-line">
      {value.departed.length === 0 ? (
        <p className="p-6 text-quiet">{t("departed.nobody")}</p>
      ) : (
        <ul aria-label={t("memberList.departed")} className="divide-y divide-line">
          {value.departed.map((gone) => (
            <Row key={gone.person.id} space={space.id} gone={gone} why={why} />
          ))}
        </ul>
      )}
      <div className="p-6 max-two:px-4">
        <Button onClick={() => openSheet(app, { kind: "adopt", space: space.id, cause: null })}>{t("adopt.action")}</Button>
      </div>
    </div>
  );
}

function Row({ space, gone, why }: { space: Id; gone: Gone; why: string | null }) {
  const app = useApp();
  const { person, how, by, at, until } = gone;
  const task = useTask(
    useCallback(async () => {
      await app.client.call("member.unban", { space, account: person.id });
      noteChange(app, "restrictions", space);
    }, [app, space, person.id]),
  );
  return (
    <li className="flex flex-wrap items-center gap-3 px-6 py-2.5 max-two:px-4">
      <Avatar id={person.id} name={person.name} />
      <div className="min-w-0 flex-1 basis-48">
        <bdi className="block truncate font-medium">{person.name}</bdi>
        <p className="text-12 text-quiet wrap-anywhere">
          {t(`departed.${how}`, { by: by?.name ?? t("removed.root"), date: shortDate(at) })}
          {how === "banned" && ` ${until === 0 ? t("departed.forGood") : t("departed.until", { date: shortDate(until) })}`}
        </p>
        <Problem text={task.problem} />
      </div>
      {how === "banned" && (
        <Button why={why} disabled={task.busy} aria-label={t("departed.unbanName", { name: person.name })} onClick={() => void task.start()}>
          {t("departed.unban")}
        </Button>
      )}
    </li>
  );
}
