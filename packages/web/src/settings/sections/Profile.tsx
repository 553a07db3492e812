import { Avatar } from "../../design/Avatar.tsx";
import { t } from "../../i18n/messages.ts";
import { useAppState } from "../../state/context.tsx";
import { SectionBody } from "../SectionBody.tsx";

/** How others see this person. */
export function Profile() {
  const account = useAppState((s) => s.status?.account);
  if (!account) return null;
  return (
    <SectionBody>
      <div className="flex items-center gap-4">
        <Avatar id={account.id} name={account.name} size="xl" />
        <div className="min-w-0">
          <p className="text-17 font-bold wrap-anywhere">
            <bdi>{account.name}</bdi>
          </p>
          <p className="text-13 text-quiet">{t("name.hint")}</p>
        </div>
      </div>
    </SectionBody>
  );
}
