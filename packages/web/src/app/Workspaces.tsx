/** The main screen: rail, sidebar, conversation and side pane; on a narrow window one pane at a time, with back. */
import type { Space } from "@multichat/client/contract";
import { useEffect } from "react";
import { Conversation } from "../conversation/Conversation.tsx";
import { onePane, useNarrower } from "../state/panes.ts";
import { SidePane } from "../members/SidePane.tsx";
import { Rail } from "../rail/Rail.tsx";
import { Sidebar } from "../sidebar/Sidebar.tsx";
import type { SpaceList } from "../state/address.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { homeSpace } from "../state/places.ts";
import { navigate } from "../state/route.ts";
import { defaultChannel, shownChannel, shownSpace } from "../state/selectors.ts";
import { loadChannels, loadMembers } from "../state/session.ts";
import { EmptyWorkspace } from "./EmptyWorkspace.tsx";
import { Fetched } from "./Fetched.tsx";
import { MissingPlace } from "./MissingPlace.tsx";
import { part } from "./part.ts";
import { useLinkedMessage } from "./use-linked-message.ts";

const JoinScreen = part(async () => (await import("../join/JoinScreen.tsx")).JoinScreen);
const CatchUpPlace = part(async () => (await import("../catch-up/CatchUpPlace.tsx")).CatchUpPlace);
const ThreadsPlace = part(async () => (await import("../threads/ThreadsPlace.tsx")).ThreadsPlace);
const SavedPlace = part(async () => (await import("../threads/SavedPlace.tsx")).SavedPlace);

export function Workspaces() {
  const narrow = useNarrower(onePane);
  const route = useAppState((s) => s.route);
  const space = useAppState(shownSpace);
  const channel = useAppState(shownChannel);
  const join = useAppState((s) => (s.route.at === "join" ? s.joins[s.route.join] : undefined));
  useSettledRoute(narrow);
  useLinkedMessage();
  const home = useAppState(homeSpace);
  useSpaceLists(space?.id ?? null);

  const pane = route.at === "space" && channel ? route.pane : null;
  const list = route.at === "space" ? route.list : undefined;
  const inConversation = channel !== null || list !== undefined || join !== undefined;
  const showLists = !narrow || !inConversation;
  const showMain = !narrow || (inConversation && !pane);

  const lists = showLists && (
    <>
      <Rail />
      {(home ?? space) && <Sidebar space={(home ?? space)!} headingLevel={showMain ? 2 : 1} />}
    </>
  );

  return (
    <div className="flex h-full">
      {/* Alone in a narrow window the lists are what the page is about. */}
      {lists && !showMain ? <main className="flex min-w-0 flex-1">{lists}</main> : lists}
      {showMain && (
        <main className="relative flex min-w-0 flex-1 flex-col bg-surface">
          {join ? (
            <Fetched missing={<MissingPlace />}><JoinScreen join={join} embedded /></Fetched>
          ) : list && space ? (
            <Fetched missing={<MissingPlace />}><ListPlace key={`${space.id} ${list}`} list={list} space={space} /></Fetched>
          ) : channel && space ? (
            <Conversation key={channel.id} space={space} channel={channel} pane={pane} />
          ) : (
            space && <EmptyWorkspace space={space} />
          )}
        </main>
      )}
      {pane && channel && space && <SidePane space={space} channel={channel} pane={pane} />}
    </div>
  );
}

/** An address that leads nowhere any more, or only to a workspace, is completed; on a narrow window the list is a place. */
function useSettledRoute(narrow: boolean): void {
  const app = useApp();
  const spaces = useAppState((s) => s.spaces);
  const channels = useAppState((s) => s.channels);
  const joins = useAppState((s) => s.joins);
  const route = useAppState((s) => s.route);
  useEffect(() => {
    const state = app.store.getState();
    if (route.at === "join" && joins[route.join]) return;
    const target = route.at === "space" && spaces[route.space] ? route.space : (homeSpace(state)?.id ?? Object.keys(spaces)[0]);
    if (!target) return;
    if (route.at === "space" && route.space === target) {
      if (route.list || (route.channel && channels[route.channel])) return;
      if (narrow && !route.channel) return;
    }
    const channel = narrow ? null : (defaultChannel(state, target)?.id ?? null);
    if (route.at === "space" && route.space === target && route.channel === channel) return;
    navigate(app, { at: "space", space: target, channel, pane: null }, { replace: true });
  }, [app, narrow, spaces, channels, joins, route]);
}

function useSpaceLists(space: string | null): void {
  const app = useApp();
  const link = useAppState((s) => s.link);
  useEffect(() => {
    if (!space || link !== "open") return;
    const { members, channels } = app.store.getState();
    if (!members[space]) void loadMembers(app, space).catch(() => undefined);
    if (!Object.values(channels).some((channel) => channel.space === space)) {
      void loadChannels(app, space).catch(() => undefined);
    }
  }, [app, space, link]);
}

function ListPlace({ list, space }: { list: SpaceList; space: Space }) {
  switch (list) {
    case "catch-up":
      return <CatchUpPlace space={space} />;
    case "threads":
      return <ThreadsPlace space={space} />;
    case "saved":
      return <SavedPlace space={space} />;
  }
}
