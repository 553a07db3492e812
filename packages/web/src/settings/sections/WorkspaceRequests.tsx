import type { Id, JoinRequest, Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { Avatar } from "../../design/Avatar.tsx";
import { Button } from "../../design/Button.tsx";
import { Problem } from "../../design/Problem.tsx";
import { useNow } from "../../design/use-now.ts";
import { useTask } from "../../design/use-task.ts";
import { relativeTime } from "../../i18n/dates.ts";
import { t } from "../../i18n/messages.ts";
import { NotFresh } from "../../moderation/NotFresh.tsx";
import { useFreshness } from "../../moderation/use-freshness.ts";
import { noteChange } from "../../state/changes.ts";
import { useApp } from "../../state/context.tsx";
import { useListed } from "../../state/use-listed.ts";
import { ListProblem } from "../ListProblem.tsx";
import { SectionBody } from "../SectionBody.tsx";
import { SectionSkeleton } from "../SectionSkeleton.tsx";

/** Who asks to be let in. */
export function WorkspaceRequests({ space }: { space: Space }) {
  const { value, problem } = useListed("join.requests", { space: space.id }, "join-requests", space.id);
  if (problem) return <ListProblem text={problem} />;
  if (!value) return <SectionSkeleton />;
  return (
    <SectionBody>
      <div>
        <p className="text-quiet">{t(space.approve ? "admission.on" : "admission.off")}</p>
        {value.requests.length === 0 && <p className="mt-4">{t("joinRequests.none")}</p>}
        <ul className="mt-2 divide-y divide-line">
          {value.requests.map((request) => (
            <Row key={request.id} space={space.id} request={request} />
          ))}
        </ul>
      </div>
    </SectionBody>
  );
}

function Row({ space, request }: { space: Id; request: JoinRequest }) {
  const app = useApp();
  const now = useNow();
  const { person, role, invitedBy, at, connected } = request;
  const { stale, guard } = useFreshness(space, null);
  const task = useTask(
    useCallback(
      (command: "join.approve" | "join.deny") =>
        guard(async (override) => {
          await app.client.call(command, { space, request: request.id, ...(command === "join.deny" ? override : {}) });
          noteChange(app, "join-requests", space);
        }),
      [app, guard, space, request.id],
    ),
  );
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <Avatar id={person.id} name={person.name} />
      <div className="min-w-0 flex-1 basis-56">
        <bdi className="block font-medium wrap-anywhere">{person.name}</bdi>
        <p className="text-13 text-quiet wrap-anywhere">
          {t("requests.unproved")} {t("joinRequests.about", { role, name: invitedBy.name, when: relativeTime(at, now) })} {!connected && t("joinRequests.away")}
        </p>
        <Problem text={task.problem} />
      </div>
      <div className="flex gap-2">
        <Button disabled={task.busy} aria-label={t("joinRequests.denyName", { name: person.name })} onClick={() => void task.start("join.deny")}>
          {t(stale ? "joinRequests.denyStale" : "joinRequests.deny")}
        </Button>
        <Button kind="primary" disabled={task.busy} aria-label={t("joinRequests.approveName", { name: person.name })} onClick={() => void task.start("join.approve")}>
          {t("joinRequests.approve")}
        </Button>
      </div>
      {stale && (
        <div className="w-full">
          <NotFresh text={stale} />
        </div>
      )}
    </li>
  );
}
