import type { CommandName } from "@multichat/client/contract";
import type { Page } from "playwright-core";

/** The parameters of every call of a command that the page has made, oldest first. */
export function asked(page: Page, command: CommandName): Promise<unknown[]> {
  return page.evaluate(
    (wanted) =>
      window.harness.fake.calls
        .filter((call) => call.command === wanted)
        .map(({ params }) => params),
    command,
  );
}
