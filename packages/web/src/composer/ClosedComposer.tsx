import type { Space } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { openSheet } from "../state/store.ts";
import { ReadOnlyNote } from "./ReadOnlyNote.tsx";

/** Why nothing can be written, and what can be done instead. */
export function ClosedComposer({ space, why }: { space: Space; why: string }) {
  const app = useApp();
  const channels = useAppState((s) => s.channels);
  const { removed, replacedBy } = space;
  if (removed) {
    const by = removed.by?.name ?? t("removed.root");
    return (
      <ReadOnlyNote
        reason={t(`removed.${removed.how}`, {
          by,
          space: space.name,
          when: dayAndTime(removed.at),
        })}
        action={
          <Button onClick={() => openSheet(app, { kind: "leave", space: space.id })}>
            {t("forget.button")}
          </Button>
        }
      />
    );
  }
  const other = replacedBy
    ? Object.values(channels).find((channel) => channel.space === replacedBy)
    : undefined;
  if (other) {
    return (
      <ReadOnlyNote
        reason={t("direct.replaced")}
        action={
          <Button
            onClick={() =>
              navigate(app, { at: "space", space: other.space, channel: other.id, pane: null })
            }
          >
            {t("direct.toOther")}
          </Button>
        }
      />
    );
  }
  return <ReadOnlyNote reason={why} />;
}
