import type { Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { t } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { RetentionChoice } from "./RetentionChoice.tsx";

/** How long messages of a whole workspace stay at most. */
export function SpaceRetention({ space }: { space: Space }) {
  const app = useApp();
  const change = useCallback(
    async (seconds: number) => {
      const answer = await app.client.call("space.retention", { space: space.id, seconds });
      app.store.setState((s) => ({ spaces: { ...s.spaces, [space.id]: answer.space } }));
    },
    [app, space.id],
  );
  const { seconds = 0, by = null } = space.retention ?? {};
  const says =
    seconds === 0
      ? t("retention.spaceStay")
      : by
        ? t("retention.policy", { span: spanText(seconds), name: by.name })
        : t("retention.policyNobody", { span: spanText(seconds) });
  return (
    <>
      <p>{says}</p>
      <p className="mt-1 mb-3 text-13 text-quiet">
        {t("retention.spaceAbout")} {t("retention.honest")}
      </p>
      <RetentionChoice
        label={t("retention.space")}
        value={seconds}
        why={whyNot(space, "manage-space")}
        change={change}
      />
    </>
  );
}
