/**
 * Entering: the opening code, the connection, and fetching every list whenever the connection (re)opens. What is answered is
 * kept at once, before another answer is awaited: what is pushed meanwhile is newer.
 */
import type { Id } from "@multichat/client/contract";
import type { Backend, Client } from "./client.ts";
import { errorCode, problemText } from "../i18n/problem-text.ts";
import { forgetWithAccount } from "./account-gone.ts";
import { followExpiry } from "./disappearing.ts";
import { syncDrafts } from "./drafts.ts";
import { catchUp, watchLoaded } from "./loading.ts";
import { startNotifications } from "../notifications/browser.ts";
import { followPresence } from "./presence.ts";
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
  startNotifications(app);
  followExpiry(app);
  forgetWithAccount(app);
  app.client.onState((link) => {
    app.store.setState({ link });
    if (link === "open") void resync(app);
  });
  followPresence(app);
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
    // What was said of files while the connection was away, the lists say.
    store.setState({ status, fileStates: {} });
    if (!status.account) {
      await fetchUnderWay(app);
      // One of them has led to an account.
      if (store.getState().status?.account) return await resync(app);
      store.setState({ ...withoutAccount(store.getState()), ready: true, startProblem: null });
      return;
    }
    await fetchLists(app);
    store.setState({ ready: true, startProblem: null });
    await Promise.all(Object.keys(store.getState().members).map((space) => loadMembers(app, space)));
    await watchLoaded(app);
    await catchUp(app);
    await syncDrafts(app);
    await sendWaiting(app);
  } catch (error) {
    // When the connection went away again, the next opening starts over.
    if (errorCode(error) === "not-running") return;
    store.setState({ startProblem: problemText(error) });
    if (errorCode(error) === null) throw error;
  }
}

async function fetchLists(app: App): Promise<void> {
  const { client, store } = app;
  await Promise.all([
    loadSpaces(app),
    client.call("join.list", {}).then(({ joins }) => store.setState({ joins: keyed(joins) })),
    client.call("peer.list", {}).then(({ peers }) => store.setState({ peers })),
    countIntroductions(app),
    client.call("notify.rules", {}).then(({ rules: { keywords } }) => store.setState({ keywords })),
    client.call("inbox.list", { limit: 1 }).then(({ unread }) => store.setState({ inboxUnread: unread })),
  ]);
}

/** All workspaces with their channels. */
async function loadSpaces(app: App): Promise<void> {
  const { spaces: listed } = await app.client.call("space.list", {});
  const spaces = keyed(listed);
  app.store.setState((s) => ({
    spaces,
    channels: keyed(Object.values(s.channels).filter(({ space }) => space in spaces)),
  }));
  await Promise.all(listed.map(({ id }) => loadChannels(app, id)));
}

/** How many introductions wait for an answer. */
async function countIntroductions({ client, store }: App): Promise<void> {
  const { introductions } = await client.call("introduction.list", {});
  const waiting = introductions.filter(({ role, answer, state }) => role === "received" && answer === null && state === "open");
  store.setState({ introductions: waiting.length });
}

/** By which a new device becomes one of somebody's: it goes on whether or not a page looks at it. */
async function fetchUnderWay({ client, store }: App): Promise<void> {
  await Promise.all([
    client.call("device.link-get", {}).then(({ linking }) => store.setState({ linking })),
    client.call("account.recover-get", {}).then(({ recovery }) => store.setState({ recovery })),
    client.call("backup.get", {}).then(({ transfer }) => store.setState({ transfer })),
  ]);
}

/** Nothing is left of an account that was here before; the step of the first run stays, or the one under way is shown. */
function withoutAccount({ firstRun, linking, recovery, transfer }: AppState): Partial<AppState> {
  const goesOn = (begun: { step: string } | null): boolean => begun !== null && begun.step !== "done" && begun.step !== "failed";
  const way: FirstRunStep = goesOn(linking) ? "link" : goesOn(recovery) ? "recover" : goesOn(transfer) ? "restore" : "name";
  return {
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

export async function loadChannels(app: App, space: Id): Promise<void> {
  const { channels } = await app.client.call("channel.list", { space });
  app.store.setState((s) => ({
    channels: keyed([...Object.values(s.channels).filter((channel) => channel.space !== space), ...channels]),
  }));
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
