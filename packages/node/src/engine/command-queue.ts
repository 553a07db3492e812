/** Commands in the order they came; messages for one channel that stand together share a transaction. */
import type { CommandName, Commands } from "@multichat/client/contract";
import type { Listener } from "./conversation/pushes.ts";
import { Failure, toApiError } from "./failure.ts";
import type { CommandResult } from "./port.ts";

type Send = Commands["message.send"];

/** Carried out in one go: enough that the end of a transaction costs each message little, few enough that the first are answered, and on their way, while the next are signed. */
export const commandsTogether = 64;

export interface CommandQueueDeps {
  /** Runs soon, after what has already arrived: commands that came together are carried out together. */
  soon(work: () => void): void;
  run<C extends CommandName>(command: C, params: Commands[C][0], listener: Listener): CommandResult<C>;
  /** Null without an account. */
  sendAll(channel: string, messages: Send[0][]): { ok: true; value: (Send[1] | Failure)[] } | Extract<CommandResult<"message.send">, { ok: false }> | null;
}

export interface CommandQueue {
  /** `answer` is called while the command is being carried out, before anything that happens later can be pushed. */
  add<C extends CommandName>(command: C, params: Commands[C][0], listener: Listener, answer: (result: CommandResult<C>) => void): void;
}

interface Waiting {
  command: CommandName;
  params: Commands[CommandName][0];
  listener: Listener;
  answer: (result: CommandResult<CommandName>) => void;
}

export function createCommandQueue(deps: CommandQueueDeps): CommandQueue {
  const waiting: Waiting[] = [];

  const channelOf = ({ command, params }: Waiting): string | null => (command === "message.send" ? (params as Send[0]).channel : null);

  function flush(): void {
    const batch = waiting.splice(0, commandsTogether);
    if (waiting.length > 0) deps.soon(flush);
    for (let i = 0; i < batch.length; ) {
      const channel = channelOf(batch[i]!);
      let end = i + 1;
      while (channel !== null && end < batch.length && channelOf(batch[end]!) === channel) end++;
      const together = batch.slice(i, end);
      if (channel === null || !sent(channel, together)) {
        for (const { command, params, listener, answer } of together) answer(deps.run(command, params, listener));
      }
      i = end;
    }
  }

  /** @returns whether it could be tried */
  function sent(channel: string, together: readonly Waiting[]): boolean {
    const results = deps.sendAll(channel, together.map(({ params }) => params as Send[0]));
    if (results === null) return false;
    together.forEach(({ answer }, i) => {
      if (!results.ok) return answer(results);
      const value = results.value[i]!;
      answer(value instanceof Failure ? { ok: false, error: toApiError(value) } : { ok: true, value });
    });
    return true;
  }

  return {
    add(command, params, listener, answer) {
      if (waiting.length === 0) deps.soon(flush);
      waiting.push({ command, params, listener, answer: answer as Waiting["answer"] });
    },
  };
}
