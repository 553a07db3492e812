import type { Space } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Field } from "../../design/Field.tsx";
import { SpaceRetention } from "../../expiry/SpaceRetention.tsx";
import { unseenName } from "../../design/unseen-name.ts";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { useApp } from "../../state/context.tsx";
import { whyNot } from "../../state/permissions.ts";
import { openSheet } from "../../state/store.ts";
import { Admission } from "../../invites/Admission.tsx";
import { History } from "../../invites/History.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** What the workspace is called, how one gets in, and what one reads then. */
export function WorkspaceOverview({ space }: { space: Space }) {
  const app = useApp();
  const why = whyNot(space, "manage-space");
  const [name, setName] = useState(space.name);
  const wanted = name.trim();
  const unseen = unseenName(wanted);
  const task = useTask(
    useCallback(async () => {
      const answer = await app.client.call("space.rename", { space: space.id, name: wanted });
      app.store.setState((s) => ({ spaces: { ...s.spaces, [space.id]: answer.space } }));
    }, [app, space.id, wanted]),
  );
  return (
    <SectionBody>
      <form
        className="max-w-104"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted && !unseen && wanted !== space.name && why === null) void task.start();
        }}
      >
        <Field
          label={t("overview.name")}
          hint={why ?? t("overview.nameHint")}
          value={name}
          maxLength={64}
          autoComplete="off"
          readOnly={why !== null}
          problem={unseen ?? task.problem}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" className="mt-3" why={why} disabled={!wanted || unseen !== null || wanted === space.name || task.busy}>
          {t("overview.rename")}
        </Button>
      </form>
      <Piece title={t("admission.title")}>
        <Admission space={space} />
      </Piece>
      <Piece title={t("history.title")}>
        <History space={space} />
      </Piece>
      <Piece title={t("retention.title")}>
        <SpaceRetention space={space} />
      </Piece>
      <Piece title={t("overview.leaving")}>
        {!space.removed && <p className="mb-3 text-quiet">{t("leave.here")}</p>}
        <Button kind="danger" onClick={() => openSheet(app, { kind: "leave", space: space.id })}>
          {t(space.removed ? "forget.action" : "leave.action")}
        </Button>
      </Piece>
    </SectionBody>
  );
}
