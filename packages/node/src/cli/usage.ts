/** How a command is written: what help shows, and what a mistake in a command line is answered with. */
import { type Command, CommanderError } from "commander";
import { oneLine } from "./printable.ts";

/** The command that the first words name, and the words that name none. */
function commandOf(program: Command, words: readonly string[]): { command: Command; rest: readonly string[] } {
  const [first, ...more] = words;
  const next = program.commands.find((child) => child.name() === first);
  return next === undefined ? { command: program, rest: words } : commandOf(next, more);
}

/** What every verb takes stands behind a group of commands, or first: that option. */
export function optionOfNoVerb(program: Command, args: readonly string[]): string | null {
  const { command, rest } = commandOf(program, args);
  return command.commands.length > 0 ? (["--data", "--json"].find((option) => option === rest[0]) ?? null) : null;
}

/** `help`, `help role` and `help role create`. @throws CommanderError */
export function showHelp(program: Command, words: readonly string[]): void {
  const { command, rest } = commandOf(program, words);
  const [unknown] = rest;
  if (unknown !== undefined) throw new CommanderError(1, "multichat.unknownCommand", `there is no command '${oneLine([...namesOf(command), unknown].join(" "))}'`);
  command.outputHelp();
}

/** One line each: what is wrong, how it is written, and where more is said. */
export function usageError(program: Command, args: readonly string[], problem: string): string {
  const { command } = commandOf(program, args);
  const name = ["multichat", ...namesOf(command)].join(" ");
  const help = ["multichat help", ...namesOf(command)].join(" ");
  return [`multichat: ${problem}`, `Usage: ${name} ${command.usage()}`, `More: ${help}`].join("\n");
}

/** Without the program's own. */
function namesOf(command: Command): string[] {
  return command.parent === null ? [] : [...namesOf(command.parent), command.name()];
}
