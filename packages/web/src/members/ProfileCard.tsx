/** Who somebody is, beside their name: what they say of themselves, who vouches for it, their place in the workspace, and what can be done. */
import type { Id, Member, Person } from "@multichat/client/contract";
import { useEffect, useId, useRef, type RefObject } from "react";
import { placeBelow } from "../design/place.ts";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { PresenceWords } from "../presence/PresenceWords.tsx";
import { useAppState } from "../state/context.tsx";
import { memberOf } from "../state/people.ts";
import { IdentityMarks } from "../trust/IdentityMarks.tsx";
import { IdentityNotes } from "../trust/IdentityNotes.tsx";
import { PersonAvatar } from "../trust/PersonAvatar.tsx";
import { TrustActions } from "../trust/TrustActions.tsx";
import { usePersonCard } from "../trust/use-person-card.ts";
import { PlaceActions } from "./PlaceActions.tsx";
import { ProfileActions } from "./ProfileActions.tsx";

interface Props {
  space: Id;
  person: Person;
  anchor: RefObject<HTMLElement | null>;
  onClose(): void;
}

export function ProfileCard({ space, person, anchor, onClose }: Props) {
  const id = useId();
  const card = useRef<HTMLDivElement>(null);
  const listed = useAppState((s) => s.members[space] !== undefined);
  const member = useAppState((s) => memberOf(s, space, person.id));
  const known = usePersonCard(person.id).value ?? member;
  const name = known?.name ?? person.name;

  useEffect(() => {
    const element = card.current;
    if (!element) return;
    const place = () => anchor.current && placeBelow(element, anchor.current);
    element.showPopover();
    place();
    element.focus();
    const observer = new ResizeObserver(place);
    observer.observe(element);
    observer.observe(document.documentElement);
    return () => observer.disconnect();
  }, [anchor]);

  return (
    <div
      ref={card}
      popover="auto"
      role="dialog"
      tabIndex={-1}
      aria-labelledby={id}
      onToggle={(event) => event.newState === "closed" && onClose()}
      className="fixed m-0 max-h-[calc(100dvh-16px)] w-80 max-w-[calc(100vw-16px)] overflow-y-auto rounded-l border border-line bg-raised p-4 text-start text-15 font-normal text-text shadow-float focus-visible:outline-none"
    >
      <div className="flex items-center gap-3">
        <PersonAvatar person={known ?? person} space={space} size="xl" />
        <div className="min-w-0">
          <p className="text-17 font-bold wrap-anywhere">
            <bdi id={id}>{name}</bdi> <IdentityMarks identity={known} />
          </p>
          {known?.pronouns && <p className="text-13 text-quiet wrap-anywhere">{known.pronouns}</p>}
          {member && member.roles.length > 0 && <p className="text-13 text-quiet wrap-anywhere">{member.roles.join(", ")}</p>}
        </div>
      </div>
      <p className="mt-3 text-13">
        <PresenceWords account={person.id} />
      </p>
      {known?.about && <p dir="auto" className="mt-3 text-13 whitespace-pre-line wrap-anywhere">{known.about}</p>}
      {known && !known.you && <IdentityNotes person={known} />}
      {member ? (
        <Facts member={member} />
      ) : (
        <p className="mt-3 text-13 text-quiet">{t(listed ? "profile.notMember" : "profile.unknownYet")}</p>
      )}
      {member && <ProfileActions member={member} onDone={onClose} />}
      {member && !member.you && <PlaceActions space={space} member={member} />}
      {known && !known.you && <TrustActions person={known} space={space} onDone={onClose} />}
    </div>
  );
}

function Facts({ member }: { member: Member }) {
  return (
    <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-13">
      <dt className="text-quiet">{t("profile.devices")}</dt>
      <dd className="tabular-nums">{member.devices}</dd>
      <dt className="text-quiet">{t("profile.since")}</dt>
      <dd>{shortDate(member.joinedAt)}</dd>
    </dl>
  );
}
