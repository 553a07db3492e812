/** Which screen is on: not let in, starting, locked, at an end, first run, nothing joined yet, or the workspaces. */
import { PickerHost } from "../emoji/PickerHost.tsx";
import { useAppState } from "../state/context.tsx";
import { Fetched } from "./Fetched.tsx";
import { MissingPlace } from "./MissingPlace.tsx";
import { part } from "./part.ts";
import { Sheets } from "./Sheets.tsx";
import { SignedOut } from "./SignedOut.tsx";
import { Starting } from "./Starting.tsx";
import { Banners } from "./Banners.tsx";
import { useDeviceEnd } from "./device-end.ts";
import { Farewell } from "./Farewell.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import { useBadge } from "../notifications/use-badge.ts";
import { useTitle } from "./use-title.ts";
import { Workspaces } from "./Workspaces.tsx";

/** Seen seldom: they do not weigh on opening a conversation. */
const DeviceEnded = part(async () => (await import("./DeviceEnded.tsx")).DeviceEnded);
const JoinScreen = part(async () => (await import("../join/JoinScreen.tsx")).JoinScreen);
const StartPage = part(async () => (await import("./StartPage.tsx")).StartPage);
const Unlock = part(async () => (await import("./Unlock.tsx")).Unlock);
const FirstRun = part(async () => (await import("../first-run/FirstRun.tsx")).FirstRun);

export function Screens() {
  useTitle();
  useBadge();
  useShortcuts();
  const ended = useDeviceEnd();
  return (
    <div className="flex h-full flex-col">
      {!ended && <Banners />}
      <div className="min-h-0 flex-1">
        <Fetched missing={<MissingPlace />}>
          <Screen />
        </Fetched>
      </div>
      <Sheets />
      <PickerHost />
    </div>
  );
}

function Screen() {
  const link = useAppState((s) => s.link);
  const ready = useAppState((s) => s.ready);
  const firstRun = useAppState((s) => s.firstRun);
  const route = useAppState((s) => s.route);
  const join = useAppState((s) => (s.route.at === "join" ? s.joins[s.route.join] : undefined));
  const hasSpaces = useAppState((s) => Object.keys(s.spaces).length > 0);
  const locked = useAppState((s) => s.status?.locked ?? false);
  const farewell = useAppState((s) => s.farewell);
  const ended = useDeviceEnd();

  if (link === "unauthorized") return <SignedOut />;
  if (!ready) return <Starting />;
  if (locked) return <Unlock />;
  if (farewell) return <Farewell remains={farewell} />;
  if (ended) return <DeviceEnded end={ended} />;
  if (route.at === "join" && join && !hasSpaces) return <JoinScreen join={join} />;
  if (firstRun) return <FirstRun step={firstRun} />;
  if (!hasSpaces) return <StartPage />;
  return <Workspaces />;
}
