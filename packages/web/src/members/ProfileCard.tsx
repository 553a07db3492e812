/** Who somebody is in a workspace, beside their name: role, since when, in reach or not, and what can be done. */
import type { Id, Member, Person } from "@multichat/client/contract";
import { useEffect, useId, useRef, type RefObject } from "react";
import { LinkDot } from "../connections/LinkDot.tsx";
import { Avatar } from "../design/Avatar.tsx";
import { placeBelow } from "../design/place.ts";
import { useNow } from "../design/use-now.ts";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";
import { presence } from "./presence.ts";
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
  const members = useAppState((s) => s.members[space]);
  const member = members?.find((candidate) => candidate.id === person.id);
  const name = member?.name ?? person.name;

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
        <Avatar id={person.id} name={name} size="xl" />
        <div className="min-w-0">
          <p id={id} className="text-17 font-bold wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          {member && member.roles.length > 0 && <p className="text-13 text-quiet wrap-anywhere">{member.roles.join(", ")}</p>}
        </div>
      </div>
      {member ? (
        <Facts member={member} />
      ) : (
        <p className="mt-3 text-13 text-quiet">{t(members ? "profile.notMember" : "profile.unknownYet")}</p>
      )}
      {member && <ProfileActions member={member} onDone={onClose} />}
    </div>
  );
}

function Facts({ member }: { member: Member }) {
  const now = useNow();
  return (
    <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-13">
      <dt className="text-quiet">{t("profile.connection")}</dt>
      <dd className="flex items-start gap-1.5">
        <LinkDot level={member.connected || member.you ? "all" : "none"} />
        <span>{presence(member, now)}</span>
      </dd>
      <dt className="text-quiet">{t("profile.devices")}</dt>
      <dd className="tabular-nums">{member.devices}</dd>
      <dt className="text-quiet">{t("profile.since")}</dt>
      <dd>{shortDate(member.joinedAt)}</dd>
    </dl>
  );
}
