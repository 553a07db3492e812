/** What one does with a message: the answer takes its place at once; what went wrong is said beside it. */
import type { Id, Message } from "@multichat/client/contract";
import { problemText } from "../i18n/problem-text.ts";
import { changeMessage } from "./change-timeline.ts";
import type { App } from "./store.ts";

export function react(app: App, { id }: Message, emoji: string, on: boolean): Promise<void> {
  return attempt(app, id, () => app.client.call("reaction.set", { message: id, emoji, on }));
}

export function pin(app: App, { id }: Message, on: boolean): Promise<void> {
  return attempt(app, id, () => app.client.call("pin.set", { message: id, on }));
}

export function save(app: App, { id }: Message, on: boolean): Promise<void> {
  return attempt(app, id, () => app.client.call("save.set", { message: id, on }));
}

/** For what has no answer to show. */
export async function attempt(app: App, id: Id, run: () => Promise<{ message: Message } | void>): Promise<void> {
  app.store.setState({ deedProblem: null });
  try {
    const answer = await run();
    if (answer) changeMessage(app, answer.message);
  } catch (error) {
    app.store.setState({ deedProblem: { message: id, text: problemText(error) } });
  }
}
