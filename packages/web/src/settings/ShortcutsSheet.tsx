import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t, type MessageId } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";

const command = /Mac|iPhone|iPad/u.test(navigator.userAgent) ? "⌘" : "Ctrl";

export function ShortcutsSheet() {
  const app = useApp();
  const { enterSends } = useAppState((s) => s.settings);
  const shortcuts: readonly (readonly [MessageId, string])[] = [
    ["shortcuts.switcher", `${command} K`],
    ["shortcuts.search", `${command} F`],
    ["shortcuts.marks", `${command} B I E`],
    ["shortcuts.link", `${command} K`],
    ["shortcuts.settings", `${command} ,`],
    ["shortcuts.channels", "Alt ↑ ↓"],
    ["shortcuts.unread", "Alt Shift ↑ ↓"],
    ["shortcuts.send", enterSends ? "Enter" : `${command} Enter`],
    ["shortcuts.break", enterSends ? "Shift Enter" : "Enter"],
    ["shortcuts.complete", "Tab"],
    ["shortcuts.editLast", "↑"],
    ["shortcuts.rows", "Shift ↑"],
    ["shortcuts.walk", "↑ ↓ Home End"],
    ["shortcuts.rowActions", "Enter"],
    ["shortcuts.rowButtons", "← →"],
    ["message.reply", "R"],
    ["message.thread", "T"],
    ["message.react", "+"],
    ["message.edit", "E"],
    ["message.forward", "F"],
    ["message.pin", "P"],
    ["message.save", "S"],
    ["messages.copy", "C"],
    ["message.copyLink", "L"],
    ["message.unread", "U"],
    ["message.history", "H"],
    ["messages.delete", "Delete"],
    ["shortcuts.pictures", "← →"],
    ["shortcuts.close", "Esc"],
    ["shortcuts.list", "?"],
  ];
  return (
    <Dialog title={t("shortcuts.title")} wide onClose={() => closeSheet(app)}>
      <dl className="gap-x-8 two:columns-2">
        {shortcuts.map(([id, keys]) => (
          <div key={id} className="flex break-inside-avoid items-center justify-between gap-4 border-b border-line py-2">
            <dt>{t(id)}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.split(" ").map((key) => (
                <kbd key={key} className="min-w-7 rounded-s border border-line bg-sunken px-1.5 py-0.5 text-center font-sans text-13 text-quiet">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Button className="mt-5" onClick={() => closeSheet(app)}>
        {t("dialog.close")}
      </Button>
    </Dialog>
  );
}
