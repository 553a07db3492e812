/** Ctrl/Cmd-K: go to a channel, see a person, do something. Results as one types, the unread and recent first. */
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { Chooser } from "./Chooser.tsx";
import { searchTarget, useTargets } from "./use-targets.tsx";

export function SwitcherSheet() {
  const app = useApp();
  const close = () => closeSheet(app);
  return (
    <Dialog title={t("switcher.title")} titleHidden wide onClose={close}>
      <Chooser
        label={t("switcher.title")}
        placeholder={t("switcher.placeholder")}
        targets={useTargets()}
        last={(query) => searchTarget(app, query)}
        onChoose={(target) => {
          close();
          target.go();
        }}
      />
    </Dialog>
  );
}
