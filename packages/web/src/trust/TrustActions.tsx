/** On a profile card: one's own name for them, making sure of who they are, vouching, introducing, blocking. */
import type { Id, Identity } from "@multichat/client/contract";
import { BadgeCheck, Ban, Handshake, Pencil, ShieldCheck } from "lucide-react";
import { useCallback, useState, type ReactNode } from "react";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { openSheet, type Sheet } from "../state/store.ts";
import { PetnameForm } from "./PetnameForm.tsx";

interface Props {
  person: Identity;
  space: Id | null;
  /** Closes the card. */
  onDone(): void;
}

export function TrustActions({ person, space, onDone }: Props) {
  const app = useApp();
  const [naming, setNaming] = useState(false);
  const unblock = useTask(
    useCallback(async () => {
      await app.client.call("contact.unblock", { account: person.id });
    }, [app, person.id]),
  );
  const open = (sheet: Sheet) => () => {
    onDone();
    openSheet(app, sheet);
  };
  const account = person.id;
  if (naming) return <PetnameForm person={person} onDone={() => setNaming(false)} />;
  return (
    <>
      <ul className="-mx-2 mt-3 border-t border-line pt-2">
        <Action icon={<Pencil />} text={t(person.petname === null ? "petname.give" : "petname.change")} onClick={() => setNaming(true)} />
        <Action icon={<ShieldCheck />} text={t("safety.action")} onClick={open({ kind: "safety-number", account })} />
        <Action icon={<BadgeCheck />} text={t("vouch.action")} onClick={open({ kind: "vouch", account, space })} />
        <Action icon={<Handshake />} text={t("introduce.action")} onClick={open({ kind: "introduce", account })} />
        {person.blocked ? (
          <Action icon={<Ban />} text={t("block.undo")} onClick={() => void unblock.start()} />
        ) : (
          <Action danger icon={<Ban />} text={t("block.action")} onClick={open({ kind: "block", account, name: person.name })} />
        )}
      </ul>
      <Problem text={unblock.problem} />
    </>
  );
}

function Action({ icon, text, danger = false, onClick }: { icon: ReactNode; text: string; danger?: boolean; onClick(): void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onClick}
        className={`flex min-h-9 w-full items-center gap-2.5 rounded-s px-2 text-start hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 ${danger ? "text-bad-text" : ""}`}
      >
        {icon}
        {text}
      </button>
    </li>
  );
}
