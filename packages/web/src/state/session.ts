/** Entering: the opening code, the connection, and fetching every list whenever the connection (re)opens. */
import type { Id } from "@multichat/client/contract";
import type { Backend, Client } from "./client.ts";
import { errorCode, problemText } from "../i18n/problem-text.ts";
import { catchUp, watchLoaded } from "./loading.ts";
import { listen } from "./pushes.ts";
import { followHistory } from "./route.ts";
import { readPlace } from "./settings-place.ts";
import { restoreOutgoing, sendWaiting } from "./sending.ts";
import { createAppStore, isEntryWay, type App, type AppState, type FirstRunStep } from "./store.ts";

export function createApp(backend: Backend): App {
  const store = createAppStore(readPlace());
  return { backend, store, client: unconnected };
}

export async function enter(app: App, openingCode: string | null): Promise<void> {
  followHistory(app);
  restoreOutgoing(app, localStorage);
  if (openingCode) {
    // A used-up code is no reason to stop: the cookie of an earlier visit may still be good.
    await app.backend.openSession(openingCode).catch(() => undefined);
  }
  app.client = app.backend.connect();
  listen(app, () => void resync(app));
  app.client.onState((link) => {
    app.store.setState({ link });
    if (link === "open") void resync(app);
  });
}

/** Pushes sent while the connection was away are lost, so everything shown is listed again. */
export async function resync(app: App): Promise<void> {
  const { client, store } = app;
  try {
    const { status } = await client.call("status.get", {});
    if (status.locked) {
      store.setState({ status, ready: true, startProblem: null });
      return;
    }
    if (!status.account) {
      store.setState({ ...withoutAccount(store.getState(), await underWay(client)), status, ready: true, startProblem: null });
      return;
    }
    store.setState({ status, ...(await fetchLists(client)), ready: true, startProblem: null });
    await Promise.all(Object.keys(store.getState().members).map((space) => loadMembers(app, space)));
    await watchLoaded(app);
    await catchUp(app);
    await sendWaiting(app);
  } catch (error) {
    // When the connection went away again, the next opening starts over.
    if (errorCode(error) === "not-running") return;
    store.setState({ startProblem: problemText(error) });
    if (errorCode(error) === null) throw error;
  }
}

async function fetchLists(client: Client): Promise<Pick<AppState, "spaces" | "channels" | "joins" | "peers" | "introductions">> {
  const [{ spaces }, { joins }, { peers }, introductions] = await Promise.all([
    client.call("space.list", {}),
    client.call("join.list", {}),
    client.call("peer.list", {}),
    countIntroductions(client),
  ]);
  const lists = await Promise.all(spaces.map((space) => client.call("channel.list", { space: space.id })));
  return {
    spaces: keyed(spaces),
    joins: keyed(joins),
    peers,
    introductions,
    channels: keyed(lists.flatMap((list) => list.channels)),
  };
}

/** How many introductions wait for an answer. */
async function countIntroductions(client: Client): Promise<number> {
  const { introductions } = await client.call("introduction.list", {});
  return introductions.filter(({ role, answer, state }) => role === "received" && answer === null && state === "open").length;
}

type UnderWay = Pick<AppState, "linking" | "recovery" | "transfer">;

/** By which a new device becomes one of somebody's: it goes on whether or not a page looks at it. */
async function underWay(client: Client): Promise<UnderWay> {
  const [{ linking }, { recovery }, { transfer }] = await Promise.all([
    client.call("device.link-get", {}),
    client.call("account.recover-get", {}),
    client.call("backup.get", {}),
  ]);
  return { linking, recovery, transfer };
}

/** Nothing is left of an account that was here before; the step of the first run stays, or the one under way is shown. */
function withoutAccount({ firstRun }: AppState, begun: UnderWay): Partial<AppState> {
  const goesOn = ({ step }: { step: string }): boolean => step !== "done" && step !== "failed";
  const way: FirstRunStep =
    begun.linking && goesOn(begun.linking) ? "link" : begun.recovery && goesOn(begun.recovery) ? "recover" : begun.transfer && goesOn(begun.transfer) ? "restore" : "name";
  return {
    ...begun,
    firstRun: isEntryWay(firstRun) ? firstRun : way,
    spaces: {},
    channels: {},
    members: {},
    timelines: {},
    joins: {},
    devices: null,
    sheet: null,
    settingsAt: null,
  };
}

/** Channels of a workspace that appeared after the lists were fetched. */
export async function loadChannels(app: App, space: Id): Promise<void> {
  const { channels } = await app.client.call("channel.list", { space });
  app.store.setState((s) => ({ channels: { ...s.channels, ...keyed(channels) } }));
}

export async function loadMembers(app: App, space: Id): Promise<void> {
  const { members } = await app.client.call("member.list", { space });
  app.store.setState((s) => ({ members: { ...s.members, [space]: members } }));
}

function keyed<T extends { id: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}

/** Until `enter` has connected. */
const unconnected: Client = {
  state: "connecting",
  call: () => Promise.reject(new Error("not connected yet")),
  on: () => () => undefined,
  onState: () => () => undefined,
  close: () => undefined,
};
