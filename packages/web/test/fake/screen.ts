/** What a screen is, and the workspace that most are reached from. */
import type { ClientState } from "@multichat/client";
import { navigate } from "../../src/state/route.ts";
import type { App } from "../../src/state/store.ts";
import type { FakeClient } from "./fake-client.ts";
import { idOf, type World } from "./world.ts";
import { teamWorld } from "./worlds.ts";

export interface Screen {
  world(): World;
  link?: ClientState;
  prepare?(given: { app: App; fake: FakeClient }): void | Promise<void>;
}

export const garden = idOf("space Garden Club");
export const general = idOf("channel Garden Club general");

export function team(prepare?: Screen["prepare"], world = teamWorld, channel = general): Screen {
  return {
    world,
    prepare: async (given) => {
      // A page that was loaded again is where it was.
      if (!given.app.store.getState().settingsAt)
        navigate(given.app, { at: "space", space: garden, channel, pane: null });
      await pause(80);
      await prepare?.(given);
    },
  };
}

/** With something on top of it: what lies behind is a channel without messages, which is drawn sooner. */
export function covered(prepare: Screen["prepare"], world = teamWorld): Screen {
  return team(prepare, world, idOf("channel Garden Club founders"));
}

/** The profile card of who wrote the newest message by this name. */
export async function openCard(name: string): Promise<void> {
  const buttons = [...document.querySelectorAll<HTMLElement>("article button")].filter(
    ({ textContent }) => textContent === name,
  );
  buttons.at(-1)!.click();
  await pause(80);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
