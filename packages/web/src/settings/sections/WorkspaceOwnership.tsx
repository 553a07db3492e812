import type { KeyHolder, Ownership, Space } from "@multichat/client/contract";
import { useCallback } from "react";
import { Confirm } from "../../design/Confirm.tsx";
import { t } from "../../i18n/messages.ts";
import { Opening } from "../../ownership/Opening.tsx";
import { Requests } from "../../ownership/Requests.tsx";
import { SetRecovery } from "../../ownership/SetRecovery.tsx";
import type { StepProps } from "../../ownership/steps.ts";
import { Take } from "../../ownership/Take.tsx";
import { Transfer } from "../../ownership/Transfer.tsx";
import { noteChange } from "../../state/changes.ts";
import { useApp } from "../../state/context.tsx";
import { useListed } from "../../state/use-listed.ts";
import { ListProblem } from "../ListProblem.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";
import { SectionSkeleton } from "../SectionSkeleton.tsx";

/** Whose the workspace is, what that rests on, and what becomes of it should that be lost. */
export function WorkspaceOwnership({ space }: { space: Space }) {
  const { value, problem } = useListed("ownership.get", { space: space.id }, "ownership", space.id);
  if (problem) return <ListProblem text={problem} />;
  if (!value) return <SectionSkeleton />;
  const { ownership } = value;
  return (
    <SectionBody>
      <Piece title={t("owner.title")}>
        <Owners space={space} ownership={ownership} />
      </Piece>
      <Piece title={t("rootKey.title")}>
        <p>{heldBy(ownership)}</p>
        <p className="mt-1 text-13 text-quiet">{t("rootKey.about")}</p>
      </Piece>
      <Piece title={t("regain.title")}>
        <Recovery space={space} ownership={ownership} />
      </Piece>
    </SectionBody>
  );
}

function Owners({ space, ownership }: { space: Space; ownership: Ownership }) {
  const { owners, holders } = ownership;
  const mine = holders.some(({ you }) => you);
  const alone = owners.length === 1 && holders.some(({ you, person }) => you && person?.id === owners[0]!.id);
  return (
    <>
      <p>{owners.length > 0 ? t("owner.names", { names: owners.map(({ name }) => name).join(", ") }) : t("owner.nobody")}</p>
      <Opening label={t("owner.transfer")} why={mine ? null : t("owner.notHolder")}>
        {(done, cancel) => <Transfer space={space} ownership={ownership} onDone={done} onCancel={cancel} />}
      </Opening>
      {mine && !alone && (
        <Opening label={t("owner.takeBack")}>{(done, cancel) => <Take space={space} ownership={ownership} onDone={done} onCancel={cancel} />}</Opening>
      )}
    </>
  );
}

function Recovery({ space, ownership }: { space: Space; ownership: Ownership }) {
  const { holders, recovery, requests } = ownership;
  const mine = holders.some(({ you }) => you);
  if (recovery === null) {
    return (
      <>
        <p>{t("regain.none")}</p>
        <Opening label={t("regain.setUp")} why={mine ? null : t("regain.notHolder")}>
          {(done, cancel) => <SetRecovery space={space} ownership={ownership} onDone={done} onCancel={cancel} />}
        </Opening>
      </>
    );
  }
  const names = namesOf(recovery.holders);
  return (
    <>
      <p>{t("regain.set", { needed: recovery.needed, names })}</p>
      <p className="mt-1 text-13 text-quiet">{t("regain.anyTime")}</p>
      {recovery.holders
        .filter(({ member, current }) => !member || !current)
        .map(({ person, member }) => (
          <p key={person?.id} className="mt-1 text-13 text-warn-text">
            {t(member ? "regain.former" : "regain.gone", { name: person?.name ?? t("rootKey.somebody") })}
          </p>
        ))}
      {requests.length > 0 && <Requests space={space} ownership={ownership} />}
      {!requests.some(({ own }) => own) && (
        <Opening label={t("regain.ask")}>{(done, cancel) => <Ask space={space} ownership={ownership} onDone={done} onCancel={cancel} />}</Opening>
      )}
    </>
  );
}

function Ask({ space, ownership, onDone, onCancel }: StepProps) {
  const app = useApp();
  const run = useCallback(async () => {
    await app.client.call("ownership.request", { space: space.id });
    noteChange(app, "ownership", space.id);
    onDone(null);
  }, [app, space.id, onDone]);
  return (
    <>
      <ul className="list-disc space-y-1.5 ps-5 text-13 text-quiet">
        <li>{t("regain.askWhat", { names: namesOf(ownership.recovery?.holders ?? []) })}</li>
        <li>{t("regain.askWho")}</li>
        <li>{t("regain.askPlace")}</li>
      </ul>
      <Confirm kind="primary" label={t("regain.askConfirm")} run={run} onCancel={onCancel} />
    </>
  );
}

function namesOf(holders: readonly KeyHolder[]): string {
  return holders.map(({ person }) => person?.name ?? t("rootKey.somebody")).join(", ");
}

function heldBy({ holders, needed }: Ownership): string {
  const [first, ...others] = holders;
  if (first === undefined || others.length > 0) return t("rootKey.several", { needed, names: namesOf(holders) });
  const { person, you, current } = first;
  if (person === null) return t("rootKey.unknown");
  if (you) return t(current ? "rootKey.yours" : "rootKey.yoursEarlier");
  return t(current ? "rootKey.held" : "rootKey.heldEarlier", { name: person.name });
}
