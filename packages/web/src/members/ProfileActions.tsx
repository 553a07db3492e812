import type { Member } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { openSettings } from "../state/settings-place.ts";

/** What can be done from a profile card. */
export function ProfileActions({ member, onDone }: { member: Member; onDone(): void }) {
  const app = useApp();
  if (!member.you) return null;
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      <Button
        onClick={() => {
          onDone();
          openSettings(app, { space: null, section: "profile" });
        }}
      >
        {t("profile.yours")}
      </Button>
    </div>
  );
}
