/** The dialogs. All but the smallest are loaded when they are first opened, to keep the first paint light. */
import { lazy, Suspense } from "react";
import { useAppState } from "../state/context.tsx";
import type { Sheet } from "../state/store.ts";

const AddWorkspaceSheet = lazy(async () => ({ default: (await import("../workspaces/AddWorkspaceSheet.tsx")).AddWorkspaceSheet }));
const ConnectionsSheet = lazy(async () => ({ default: (await import("../connections/ConnectionsSheet.tsx")).ConnectionsSheet }));
const CreateChannelSheet = lazy(async () => ({ default: (await import("../sidebar/CreateChannelSheet.tsx")).CreateChannelSheet }));
const InviteSheet = lazy(async () => ({ default: (await import("../invites/InviteSheet.tsx")).InviteSheet }));
const LeaveSheet = lazy(async () => ({ default: (await import("../workspaces/LeaveSheet.tsx")).LeaveSheet }));
const PhraseSheet = lazy(async () => ({ default: (await import("../first-run/PhraseSheet.tsx")).PhraseSheet }));
const SettingsSheet = lazy(async () => ({ default: (await import("../settings/SettingsSheet.tsx")).SettingsSheet }));
const ShortcutsSheet = lazy(async () => ({ default: (await import("../settings/ShortcutsSheet.tsx")).ShortcutsSheet }));
const SwitcherSheet = lazy(async () => ({ default: (await import("../switcher/SwitcherSheet.tsx")).SwitcherSheet }));
const TopicSheet = lazy(async () => ({ default: (await import("../sidebar/TopicSheet.tsx")).TopicSheet }));

export function Sheets() {
  const sheet = useAppState((s) => s.sheet);
  return <Suspense>{sheet && <OpenSheet sheet={sheet} />}</Suspense>;
}

function OpenSheet({ sheet }: { sheet: Sheet }) {
  switch (sheet.kind) {
    case "add-workspace":
      return <AddWorkspaceSheet />;
    case "connections":
      return <ConnectionsSheet />;
    case "create-channel":
      return <CreateChannelSheet space={sheet.space} />;
    case "invite":
      return <InviteSheet space={sheet.space} />;
    case "leave":
      return <LeaveSheet space={sheet.space} />;
    case "phrase":
      return <PhraseSheet />;
    case "settings":
      return <SettingsSheet />;
    case "shortcuts":
      return <ShortcutsSheet />;
    case "switcher":
      return <SwitcherSheet />;
    case "topic":
      return <TopicSheet channel={sheet.channel} />;
  }
}
