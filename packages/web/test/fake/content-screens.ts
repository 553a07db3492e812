import type { Route } from "../../src/state/address.ts";
import { threadPane } from "../../src/state/address.ts";
import { navigate } from "../../src/state/route.ts";
import { openSheet } from "../../src/state/store.ts";
import { contentWorld, talkChannel, threadRoot } from "./content-world.ts";
import type { contentScreenNames } from "./content-screen-names.ts";
import { garden, pause, type Screen } from "./screen.ts";

type At = Partial<Extract<Route, { at: "space" }>>;

/** A page that was loaded again is where it was. */
function at(place: (of: { root: string }) => At, prepare?: Screen["prepare"]): Screen {
  return {
    world: contentWorld,
    prepare: async (given) => {
      const { app, fake } = given;
      const { route } = app.store.getState();
      const wanted: Route = {
        at: "space",
        space: garden,
        channel: talkChannel,
        pane: null,
        ...place({ root: threadRoot(fake.world).id }),
      };
      const reloaded = route.at === "space" && (route.pane || route.list);
      if (!reloaded) navigate(app, wanted);
      await pause(120);
      await prepare?.(given);
    },
  };
}

export const contentScreens: Record<(typeof contentScreenNames)[number], Screen> = {
  talk: at(() => ({})),
  thread: at(({ root }) => ({ pane: threadPane(root) })),
  threads: at(() => ({ channel: null, list: "threads" })),
  saved: at(() => ({ channel: null, list: "saved" })),
  pins: at(() => ({ pane: "pins" })),
  emoji: at(
    () => ({}),
    async () => {
      const row = [...document.querySelectorAll<HTMLElement>("[data-row]")].at(-1)!;
      row.focus();
      row.dispatchEvent(new KeyboardEvent("keydown", { key: "+", bubbles: true }));
      while (!document.querySelector("[role=combobox]")) await pause(20);
      await pause(80);
    },
  ),
  editing: at(
    () => ({}),
    async ({ app, fake }) => {
      const own = fake.world.messages[talkChannel]!.findLast(
        (message) => message.own && !message.thread,
      )!;
      const answered = fake.world.messages[talkChannel]![0]!;
      app.store.setState({ editing: { message: own.id, timeline: talkChannel, text: null }, replying: { [talkChannel]: answered } });
      await pause(80);
    },
  ),
  forward: at(
    () => ({}),
    ({ app, fake }) => openSheet(app, { kind: "forward", message: threadRoot(fake.world) }),
  ),
};
