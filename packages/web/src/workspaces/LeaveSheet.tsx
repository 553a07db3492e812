import type { Id, Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { Confirm } from "../design/Confirm.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { peopleNames } from "../state/places.ts";
import { closeSheet } from "../state/store.ts";

/** Names the place, says what the others see and what remains. */
export function LeaveSheet({ space }: { space: Id }) {
  const app = useApp();
  const info = useAppState((s) => s.spaces[space]);
  const removed = (info?.removed ?? null) !== null;
  const leave = useCallback(async () => {
    await app.client.call(removed ? "space.forget" : "space.leave", { space });
    app.store.setState((s) => {
      const { [space]: _left, ...spaces } = s.spaces;
      return { spaces };
    });
    closeSheet(app);
  }, [app, space, removed]);
  if (!info) return null;
  const direct = info.kind === "direct";
  const name = direct ? peopleNames(info) : info.name;
  const words = info.removed ? forgetting : direct ? leavingPeople : leaving;
  return (
    <Dialog title={t(words.title, { name })} onClose={() => closeSheet(app)}>
      <ul className="list-disc space-y-2 ps-5 text-quiet">
        {consequences(info).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {!direct && !info.removed && info.members === 1 && <li className="text-bad-text">{t("leave.last")}</li>}
      </ul>
      <Confirm label={t(words.confirm, { name })} cancelLabel={info.removed ? t("forget.keep") : t("leave.stay")} run={leave} onCancel={() => closeSheet(app)} />
    </Dialog>
  );
}

const leaving = { title: "leave.title", confirm: "leave.confirm" } as const;
const leavingPeople = { title: "leaveDirect.title", confirm: "leaveDirect.confirm" } as const;
const forgetting = { title: "forget.title", confirm: "forget.confirm" } as const;

function consequences({ removed, kind }: Space): string[] {
  if (removed) return [t("forget.here"), t("forget.others")];
  if (kind === "direct") return [t("leave.others"), t("leave.messages"), t("leaveDirect.here"), t("leaveDirect.back")];
  return [t("leave.others"), t("leave.messages"), t("leave.here"), t(kind === "private" ? "leave.backPrivate" : "leave.back")];
}
