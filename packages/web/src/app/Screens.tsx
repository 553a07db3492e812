/** Which screen is on: not let in, starting, locked, at an end, first run, nothing joined yet, or the workspaces. */
import { PickerHost } from "../emoji/PickerHost.tsx";
import { FirstRun } from "../first-run/FirstRun.tsx";
import { JoinScreen } from "../join/JoinScreen.tsx";
import { useAppState } from "../state/context.tsx";
import { Sheets } from "./Sheets.tsx";
import { SignedOut } from "./SignedOut.tsx";
import { Starting } from "./Starting.tsx";
import { StartPage } from "./StartPage.tsx";
import { Banners } from "./Banners.tsx";
import { DeviceEnded, useDeviceEnd } from "./DeviceEnded.tsx";
import { Farewell } from "./Farewell.tsx";
import { Unlock } from "./Unlock.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import { useTitle } from "./use-title.ts";
import { Workspaces } from "./Workspaces.tsx";

export function Screens() {
  useTitle();
  useShortcuts();
  const ended = useDeviceEnd();
  return (
    <div className="flex h-full flex-col">
      {!ended && <Banners />}
      <div className="min-h-0 flex-1">
        <Screen />
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
