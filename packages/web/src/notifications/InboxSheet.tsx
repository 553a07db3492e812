/** What one was told of, and has not been to yet: mentions, threads, reactions, requests. */
import { type InboxFilter, type InboxItem, inboxFilters } from "@multichat/client/contract";
import { BellRing, Check, CheckCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { useUnexpired } from "../expiry/use-unexpired.ts";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { Radios } from "../settings/Radios.tsx";
import { useApp } from "../state/context.tsx";
import { jumpToMessage } from "../state/jump.ts";
import { plainText } from "../state/plain-text.ts";
import { navigate } from "../state/route.ts";
import { openSettings } from "../state/settings-place.ts";
import { closeSheet, openSheet, type App } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";
import { reasonText } from "./reason-text.ts";

export function InboxSheet() {
  const app = useApp();
  const [filter, setFilter] = useState<InboxFilter | "all">("all");
  const listed = useListed("inbox.list", filter === "all" ? { limit: 100 } : { filter, limit: 100 }, "inbox", null);
  const clear = useTask(async (items?: string[]) => {
    await app.client.call("inbox.clear", items ? { items } : {});
    listed.again();
  });
  const items = useUnexpired(listed.value?.items, ({ message }) => message) ?? [];
  const unread = listed.value?.unread ?? 0;
  return (
    <Dialog title={t("inbox.title")} wide onClose={() => closeSheet(app)}>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Radios<InboxFilter | "all">
          title={t("inbox.show")}
          value={filter}
          options={(["all", ...inboxFilters] as const).map((value) => ({ value, label: t(`inbox.filter.${value}`) }))}
          onChoose={(chosen) => setFilter(chosen)}
        />
        <Button disabled={unread === 0 || clear.busy} onClick={() => void clear.start()}>
          <CheckCheck aria-hidden="true" className="size-4" />
          {t("inbox.clearAll")}
        </Button>
      </div>
      <Problem text={clear.problem ?? listed.problem} />
      {listed.value && items.length === 0 && <p className="py-6 text-quiet">{t("inbox.none")}</p>}
      <ul className="mt-3 divide-y divide-line">
        {items.map((item) => (
          <Row key={item.id} item={item} onClear={() => void clear.start([item.id])} />
        ))}
      </ul>
    </Dialog>
  );
}

function Row({ item, onClear }: { item: InboxItem; onClear(): void }) {
  const app = useApp();
  const { message, read, who, place, space } = item;
  // A conversation is called the same in both, and a private channel nearly.
  const isNamedTwice = place === space?.name || place === `#${space?.name}`;
  const where = [!isNamedTwice && space?.name, place].filter(Boolean).join(" · ");
  return (
    <li className="flex items-start gap-2 py-2">
      <button type="button" onClick={() => open(app, item)} className="min-w-0 flex-1 rounded-s px-2 py-1 text-start hover:bg-hover">
        <span className={`block truncate text-13 ${read ? "text-quiet" : "font-bold"}`}>
          {t(`inbox.cause.${item.cause}`, { name: who?.name ?? t("inbox.somebody"), keyword: item.keyword ?? "", emoji: item.emoji ?? "" })}
        </span>
        {message && (
          <span dir="auto" className="line-clamp-2 wrap-anywhere">
            {plainText(message)}
          </span>
        )}
        <span className="block text-12 text-quiet">
          {[where, dayAndTime(item.at), item.quiet && reasonText(item.quiet)].filter(Boolean).join(" · ")}
        </span>
      </button>
      {message?.id === item.id && <IconButton label={t("notify.why")} icon={<BellRing />} onClick={() => openSheet(app, { kind: "why", message })} />}
      {!read && <IconButton label={t("inbox.clear")} icon={<Check />} onClick={onClear} />}
    </li>
  );
}

function open(app: App, { id, cause, message, space, channel, read }: InboxItem): void {
  closeSheet(app);
  // Others are read where they are decided on.
  if ((cause === "reaction" || cause === "added") && !read) void app.client.call("inbox.clear", { items: [id] });
  if (cause === "report" && space) openSettings(app, { space: space.id, section: "reports" });
  else if (cause === "request" && space) openSettings(app, { space: space.id, section: "requests" });
  else if (cause === "request" && id.startsWith("introduction/")) openSettings(app, { space: null, section: "people" });
  else if (cause === "request") openSheet(app, { kind: "requests" });
  else if (cause === "added" && space) navigate(app, { at: "space", space: space.id, channel: channel?.id ?? null, pane: null });
  else if (message) void jumpToMessage(app, message);
}
