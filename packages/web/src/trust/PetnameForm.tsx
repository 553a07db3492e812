import type { Identity } from "@multichat/client/contract";
import { SavedName } from "../design/SavedName.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";

/** One's own name for somebody; empty takes it away. */
export function PetnameForm({ person, onDone }: { person: Identity; onDone(): void }) {
  const app = useApp();
  return (
    <SavedName
      className="mt-3"
      label={t("petname.label")}
      hint={t("petname.hint")}
      name={person.petname ?? ""}
      mayBeEmpty
      save={async (petname) => void (await app.client.call("contact.name", { account: person.id, petname }))}
      onDone={onDone}
    />
  );
}
