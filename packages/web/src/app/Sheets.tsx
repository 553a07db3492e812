/**
 * The dialogs over the main screen. They are fetched after it, to keep the first paint light; all but the switcher, which
 * must be there for the first key after Ctrl-K.
 */
import { Suspense, useEffect, useRef } from "react";
import { useModal } from "../design/use-modal.ts";
import { StagedFiles, VoiceRecorder } from "../composer/Composer.tsx";
import { FileList } from "../files/MessageFiles.tsx";
import { t } from "../i18n/messages.ts";
import { kinds } from "../kinds/kinds.tsx";
import { FetchedProfileCard } from "../members/LazyProfileCard.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSettings } from "../state/settings-place.ts";
import { closeSheet, type Sheet } from "../state/store.ts";
import { SwitcherSheet } from "../switcher/SwitcherSheet.tsx";
import { MissingSheet } from "./MissingSheet.tsx";
import { fetchAhead, part } from "./part.ts";
import { PartBoundary } from "./PartBoundary.tsx";

const AddPeopleSheet = part(async () => (await import("../private/AddPeopleSheet.tsx")).AddPeopleSheet);
const AdoptSheet = part(async () => (await import("../moderation/AdoptSheet.tsx")).AdoptSheet);
const CleanUpSheet = part(async () => (await import("../moderation/CleanUpSheet.tsx")).CleanUpSheet);
const CreatePrivateSheet = part(async () => (await import("../private/CreatePrivateSheet.tsx")).CreatePrivateSheet);
const DeleteMessageSheet = part(async () => (await import("../moderation/DeleteMessageSheet.tsx")).DeleteMessageSheet);
const InboxSheet = part(async () => (await import("../notifications/InboxSheet.tsx")).InboxSheet);
const RuleSheet = part(async () => (await import("../notifications/RuleSheet.tsx")).RuleSheet);
const WhySheet = part(async () => (await import("../notifications/WhySheet.tsx")).WhySheet);
const ForwardSheet = part(async () => (await import("../conversation/ForwardSheet.tsx")).ForwardSheet);
const HistorySheet = part(async () => (await import("../conversation/HistorySheet.tsx")).HistorySheet);
const Look = part(async () => (await import("../files/Look.tsx")).Look);
const MakePrivateSheet = part(async () => (await import("../private/MakePrivateSheet.tsx")).MakePrivateSheet);
const MemberSheet = part(async () => (await import("../moderation/MemberSheet.tsx")).MemberSheet);
const NewMessageSheet = part(async () => (await import("../private/NewMessageSheet.tsx")).NewMessageSheet);
const SeenSheet = part(async () => (await import("../presence/SeenSheet.tsx")).SeenSheet);
const ReportSheet = part(async () => (await import("../moderation/ReportSheet.tsx")).ReportSheet);
const RequestsSheet = part(async () => (await import("../private/RequestsSheet.tsx")).RequestsSheet);
const AddWorkspaceSheet = part(async () => (await import("../workspaces/AddWorkspaceSheet.tsx")).AddWorkspaceSheet);
const ConnectionsSheet = part(async () => (await import("../connections/ConnectionsSheet.tsx")).ConnectionsSheet);
const CreateChannelSheet = part(async () => (await import("../sidebar/CreateChannelSheet.tsx")).CreateChannelSheet);
const InviteSheet = part(async () => (await import("../invites/InviteSheet.tsx")).InviteSheet);
const LeaveSheet = part(async () => (await import("../workspaces/LeaveSheet.tsx")).LeaveSheet);
const PhraseSheet = part(async () => (await import("../first-run/PhraseSheet.tsx")).PhraseSheet);
const RotateSheet = part(async () => (await import("../recovery/RotateSheet.tsx")).RotateSheet);
const LinkDeviceSheet = part(async () => (await import("../linking/LinkDeviceSheet.tsx")).LinkDeviceSheet);
const RevokeSheet = part(async () => (await import("../devices/RevokeSheet.tsx")).RevokeSheet);
const SafetySheet = part(async () => (await import("../trust/SafetySheet.tsx")).SafetySheet);
const VouchSheet = part(async () => (await import("../trust/VouchSheet.tsx")).VouchSheet);
const IntroduceSheet = part(async () => (await import("../trust/IntroduceSheet.tsx")).IntroduceSheet);
const BlockSheet = part(async () => (await import("../trust/BlockSheet.tsx")).BlockSheet);
const ShortcutsSheet = part(async () => (await import("../settings/ShortcutsSheet.tsx")).ShortcutsSheet);
const CreateTopicSheet = part(async () => (await import("../forum/CreateTopicSheet.tsx")).CreateTopicSheet);
const CreateContentSheet = part(async () => (await import("../kinds/CreateContentSheet.tsx")).CreateContentSheet);
const SearchSheet = part(async () => (await import("../search/SearchSheet.tsx")).SearchSheet);
const ScheduledSheet = part(async () => (await import("../composer/ScheduledSheet.tsx")).ScheduledSheet);
const TopicSheet = part(async () => (await import("../sidebar/TopicSheet.tsx")).TopicSheet);

const SettingsSheet = part(async () => {
  const [{ SettingsSheet: View }, { fetchSections }] = await Promise.all([
    import("../settings/SettingsSheet.tsx"),
    import("../settings/sections.tsx"),
  ]);
  void fetchSections();
  return View;
});

const parts = [
  SettingsSheet,
  AddPeopleSheet,
  AdoptSheet,
  CleanUpSheet,
  CreatePrivateSheet,
  DeleteMessageSheet,
  ForwardSheet,
  HistorySheet,
  InboxSheet,
  RuleSheet,
  WhySheet,
  Look,
  FileList,
  StagedFiles,
  VoiceRecorder,
  MakePrivateSheet,
  MemberSheet,
  NewMessageSheet,
  SeenSheet,
  ReportSheet,
  RequestsSheet,
  AddWorkspaceSheet,
  ConnectionsSheet,
  CreateChannelSheet,
  InviteSheet,
  LeaveSheet,
  PhraseSheet,
  RotateSheet,
  LinkDeviceSheet,
  RevokeSheet,
  SafetySheet,
  VouchSheet,
  IntroduceSheet,
  BlockSheet,
  ShortcutsSheet,
  TopicSheet,
  SearchSheet,
  CreateContentSheet,
  CreateTopicSheet,
  ScheduledSheet,
  FetchedProfileCard,
  ...kinds,
] as const;

/** After the first screen is there. */
const fetchAheadMs = 1_000;

export function Sheets() {
  const app = useApp();
  const link = useAppState((s) => s.link);
  // What was open lies over nothing that asks who is there, and is there again after it.
  const barred = useAppState((s) => s.status?.locked === true || s.link === "unauthorized");
  const sheet = useAppState((s) => (barred ? null : s.sheet));
  const settingsAt = useAppState((s) => (s.ready && !s.firstRun && !barred ? s.settingsAt : null));
  useFetchAhead();
  return (
    <>
      {settingsAt && (
        <PartBoundary link={link} fallback={<MissingSheet onClose={() => closeSettings(app)} />}>
          <Suspense fallback={<AwaitedSheet />}>
            <SettingsSheet place={settingsAt} />
          </Suspense>
        </PartBoundary>
      )}
      {sheet && (
        <PartBoundary key={sheet.kind} link={link} fallback={<MissingSheet onClose={() => closeSheet(app)} />}>
          <Suspense fallback={<AwaitedSheet />}>
            <OpenSheet sheet={sheet} />
          </Suspense>
        </PartBoundary>
      )}
    </>
  );
}

/** Once Multichat answers every sheet is fetched, so that it opens at once, and also when Multichat has been stopped. */
function useFetchAhead(): void {
  const ready = useAppState((s) => s.ready && s.link === "open");
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => void fetchAhead(parts), fetchAheadMs);
    return () => clearTimeout(timer);
  }, [ready]);
}

/** Until a sheet is there, keys go nowhere rather than into what was being written. */
function AwaitedSheet() {
  const app = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  useModal(dialog, () => closeSheet(app));
  return <dialog ref={dialog} aria-label={t("part.coming")} aria-busy="true" className="sr-only" />;
}

function OpenSheet({ sheet }: { sheet: Sheet }) {
  switch (sheet.kind) {
    case "add-people":
      return <AddPeopleSheet space={sheet.space} />;
    case "adopt":
      return <AdoptSheet space={sheet.space} cause={sheet.cause} />;
    case "clean-up":
      return <CleanUpSheet space={sheet.space} />;
    case "create-private":
      return <CreatePrivateSheet space={sheet.space} />;
    case "delete-message":
      return <DeleteMessageSheet message={sheet.message} />;
    case "forward":
      return <ForwardSheet message={sheet.message} />;
    case "look":
      return <Look message={sheet.message} blob={sheet.blob} />;
    case "seen":
      return <SeenSheet message={sheet.message} />;
    case "history":
      return <HistorySheet message={sheet.message} />;
    case "inbox":
      return <InboxSheet />;
    case "why":
      return <WhySheet message={sheet.message} />;
    case "notify":
      return <RuleSheet scope={sheet.scope} id={sheet.id} name={sheet.name} />;
    case "make-private":
      return <MakePrivateSheet channel={sheet.channel} />;
    case "member":
      return <MemberSheet space={sheet.space} account={sheet.account} />;
    case "new-message":
      return <NewMessageSheet />;
    case "report":
      return <ReportSheet message={sheet.message} />;
    case "requests":
      return <RequestsSheet />;
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
    case "rotate-phrase":
      return <RotateSheet />;
    case "link-device":
      return <LinkDeviceSheet />;
    case "revoke-device":
      return <RevokeSheet device={sheet.device} />;
    case "safety-number":
      return <SafetySheet account={sheet.account} />;
    case "vouch":
      return <VouchSheet account={sheet.account} space={sheet.space} />;
    case "introduce":
      return <IntroduceSheet account={sheet.account} />;
    case "block":
      return <BlockSheet account={sheet.account} name={sheet.name} />;
    case "shortcuts":
      return <ShortcutsSheet />;
    case "switcher":
      return <SwitcherSheet />;
    case "create-topic":
      return <CreateTopicSheet channel={sheet.channel} />;
    case "create-content":
      return <CreateContentSheet channel={sheet.channel} content={sheet.content} />;
    case "search":
      return <SearchSheet scope={sheet.scope} query={sheet.query} />;
    case "scheduled":
      return <ScheduledSheet />;
    case "topic":
      return <TopicSheet channel={sheet.channel} />;
  }
}
