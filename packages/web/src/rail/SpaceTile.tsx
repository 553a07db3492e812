import type { Space } from "@multichat/client/contract";
import { Avatar } from "../design/Avatar.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { countText } from "../sidebar/count-text.ts";
import { workspacesOf } from "../state/places.ts";
import { defaultChannel } from "../state/selectors.ts";
import { isNarrower, onePane } from "../state/panes.ts";

export function SpaceTile({ space, current }: { space: Space; current: boolean }) {
  const app = useApp();
  const alone = useAppState((s) => workspacesOf(s.spaces).length === 1);
  // What is unread in its private channels counts too.
  const unread = useAppState((s) => Object.values(s.spaces).reduce((sum, other) => sum + (other.kind === "private" && other.parent?.id === space.id ? other.unread : 0), space.unread));
  const label = unread > 0 ? t("rail.spaceUnread", { name: space.name, count: unread }) : space.name;
  const open = () => {
    const channel = isNarrower(app, onePane) ? null : (defaultChannel(app.store.getState(), space.id)?.id ?? null);
    navigate(app, { at: "space", space: space.id, channel, pane: null });
  };
  return (
    <li className="relative flex w-full justify-center">
      {current && <span aria-hidden="true" className="absolute inset-y-1.5 start-0 w-1 rounded-e-full bg-accent" />}
      <button
        type="button"
        title={space.name}
        aria-current={current ? "page" : undefined}
        onClick={open}
        className="relative grid size-11 place-items-center rounded-[13px]"
      >
        <span className="sr-only">{label}</span>
        <Avatar id={space.id} name={space.name} size="l" square />
        {/* With one workspace the sidebar already says it all. */}
        {unread > 0 && !(alone && current) && (
          <span aria-hidden="true" className="absolute -end-1 -top-1 min-w-5 rounded-full border-2 border-sunken bg-accent px-1 text-center text-[0.6875rem] leading-4 font-bold text-on-accent tabular-nums">
            {countText(unread)}
          </span>
        )}
      </button>
    </li>
  );
}
