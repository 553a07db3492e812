import type { Ownership, OwnershipRequest, Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { Avatar } from "../design/Avatar.tsx";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { useNow } from "../design/use-now.ts";
import { useTask } from "../design/use-task.ts";
import { relativeTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { noteChange } from "../state/changes.ts";
import { useApp } from "../state/context.tsx";
import { Opening } from "./Opening.tsx";
import { RootConfirm } from "./RootConfirm.tsx";
import { Take } from "./Take.tsx";

/** Who asks for the root key, and how many of those who can give it have agreed. */
export function Requests({ space, ownership }: { space: Space; ownership: Ownership }) {
  const now = useNow();
  return (
    <ul className="mt-3 divide-y divide-line rounded-m border border-line">
      {ownership.requests.map((request) => (
        <li key={request.id} className="px-3.5 py-3">
          <div className="flex items-center gap-3">
            <Avatar id={request.by.id} name={request.by.name} />
            <div className="min-w-0">
              <p className="wrap-anywhere">{request.own ? t("regain.asksOwn") : t("regain.asks", { name: request.by.name })}</p>
              <p className="text-13 text-quiet wrap-anywhere">
                {t("regain.agreed", { count: request.approvedBy.length, needed: request.needed, when: relativeTime(request.at, now) })}{" "}
                {request.approvedBy.length > 0 && t("regain.agreedBy", { names: request.approvedBy.map(({ name }) => name).join(", ") })}
              </p>
            </div>
          </div>
          <Decision space={space} ownership={ownership} request={request} />
        </li>
      ))}
    </ul>
  );
}

function Decision({ space, ownership, request }: { space: Space; ownership: Ownership; request: OwnershipRequest }) {
  const part = ownership.recovery?.holders.find(({ you }) => you);
  return (
    <>
      {part && !request.approved && (
        <Opening label={t("regain.agree")} ariaLabel={t("regain.agreeName", { name: request.by.name })} kind="primary">
          {(done, cancel) => <Agree space={space} request={request} earlier={!part.current} onDone={() => done(null)} onCancel={cancel} />}
        </Opening>
      )}
      {request.own && request.approvedBy.length >= request.needed && (
        <Opening label={t("regain.take")} kind="primary">
          {(done, cancel) => <Take space={space} ownership={ownership} asked onDone={done} onCancel={cancel} />}
        </Opening>
      )}
      {request.own && <Withdraw space={space} />}
    </>
  );
}

function Agree({ space, request, earlier, onDone, onCancel }: { space: Space; request: OwnershipRequest; earlier: boolean; onDone(): void; onCancel(): void }) {
  const app = useApp();
  const { name } = request.by;
  const run = useCallback(
    async (words: { words?: string[] }) => {
      await app.client.call("ownership.approve", { space: space.id, request: request.id, ...words });
      noteChange(app, "ownership", space.id);
      onDone();
    },
    [app, space.id, request.id, onDone],
  );
  return (
    <>
      <ul className="list-disc space-y-1.5 ps-5 text-13 text-quiet">
        <li>{t("regain.agreeWhat", { name, needed: request.needed })}</li>
        <li>{t("regain.agreeSure", { name })}</li>
      </ul>
      <RootConfirm label={t("regain.agreeConfirm", { name })} earlier={earlier} run={run} onCancel={onCancel} />
    </>
  );
}

function Withdraw({ space }: { space: Space }) {
  const app = useApp();
  const task = useTask(
    useCallback(async () => {
      await app.client.call("ownership.withdraw", { space: space.id });
      noteChange(app, "ownership", space.id);
    }, [app, space.id]),
  );
  return (
    <div className="mt-3">
      <Button disabled={task.busy} onClick={() => void task.start()}>
        {t("regain.withdraw")}
      </Button>
      <Problem text={task.problem} />
    </div>
  );
}
