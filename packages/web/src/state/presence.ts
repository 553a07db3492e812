/** Who is there: what the node was told, whom this page shows, and that its person is at it (spec/local-api.md, Presence). */
import type { Id, Presence, Typing } from "@multichat/client/contract";
import type { App, AppState } from "./store.ts";

/** Scrolling through a list does not tell at every row. */
const watchMs = 150;
/** The person is said to be here at most this often. */
const activeMs = 60_000;
/** As many as are told of at once. */
const most = 100;

const shown = new WeakMap<App, Map<Id, number>>();
const waiting = new WeakMap<App, ReturnType<typeof setTimeout>>();

/** Of a channel, or of the thread that hangs on a message. */
export function typingKey({ channel, thread }: Pick<Typing, "channel" | "thread">): Id {
  return thread ?? channel;
}

export function withPresences(
  state: Pick<AppState, "presences">,
  people: readonly Presence[],
): Pick<AppState, "presences"> {
  return {
    presences: {
      ...state.presences,
      ...Object.fromEntries(people.map((one) => [one.account, one])),
    },
  };
}

/** This page shows somebody, until the returned function is called. */
export function lookAt(app: App, account: Id): () => void {
  const accounts = shown.get(app) ?? new Map<Id, number>();
  shown.set(app, accounts);
  const count = (change: number) => {
    const left = (accounts.get(account) ?? 0) + change;
    if (left > 0) accounts.set(account, left);
    else accounts.delete(account);
    if (left === 1 && change === 1) watchSoon(app);
  };
  count(1);
  return () => count(-1);
}

function watchSoon(app: App): void {
  if (waiting.has(app)) return;
  waiting.set(
    app,
    setTimeout(() => {
      waiting.delete(app);
      void watch(app);
    }, watchMs),
  );
}

async function watch(app: App): Promise<void> {
  const accounts = [...(shown.get(app)?.keys() ?? [])].slice(-most);
  if (app.store.getState().link !== "open" || accounts.length === 0) return;
  try {
    const { people } = await app.client.call("presence.watch", { accounts });
    app.store.setState((s) => withPresences(s, people));
  } catch {
    // Nobody is shown to be there; the next opening of the connection asks again.
  }
}

/** Once connected: whom this page shows, how this person is shown, and from then on that they are at it. */
export function followPresence(app: App): void {
  const { client, store } = app;
  let reportedAt = Number.NEGATIVE_INFINITY;
  client.on("presence", ({ people }) => store.setState((s) => withPresences(s, people)));
  client.on("own-presence", (ownPresence) => store.setState({ ownPresence }));
  client.on("typing", (typing) =>
    store.setState((s) => ({ typing: { ...s.typing, [typingKey(typing)]: typing.people } })),
  );
  client.onState((link) => {
    // Nobody says any more that they have stopped.
    store.setState({ typing: {} });
    if (link === "open" && hasAccount(store.getState())) begin();
  });
  // When the page has come, or the account was made in it.
  store.subscribe((now, before) => {
    if (hasAccount(now) && !hasAccount(before)) begin();
  });

  function begin(): void {
    reportedAt = Number.NEGATIVE_INFINITY;
    report();
    void watch(app);
    client.call("presence.get", {}).then(
      ({ own }) => store.setState({ ownPresence: own }),
      () => undefined, // the connection is gone; the next one asks again
    );
  }

  function report(): void {
    if (
      document.visibilityState !== "visible" ||
      store.getState().link !== "open" ||
      !hasAccount(store.getState()) ||
      Date.now() - reportedAt < activeMs
    )
      return;
    reportedAt = Date.now();
    client.call("presence.active", {}).catch(() => undefined);
  }
  for (const event of ["pointerdown", "pointermove", "keydown", "visibilitychange"] as const)
    document.addEventListener(event, report, { passive: true });
}

function hasAccount({ status }: AppState): boolean {
  return status?.account != null;
}
