/** The first reading of an export: whether it is one, what is in it, and what others in it speak of. Nothing is written. */
import { type ExportPlace, type ExportReader, type Problem, problem } from "../../import/imported.ts";
import { limits } from "../../import/limits.ts";

export interface Survey {
  messages: number;
  /** Whether there was anything that such exports are made of, though it has no place here. */
  isEmpty: boolean;
  /** Names of channels, in the order in which they come. */
  channels: Set<string>;
  /** Keys of messages whose threads others are in, or that others answer. */
  wanted: Set<string>;
  /** Those of them that stand behind one that speaks of them. */
  late: Set<string>;
  /** The first of them. */
  problems: Problem[];
  /** All. */
  problemCount: number;
}

/** @param seen is told how many messages there were so far */
export async function surveyOf(reader: ExportReader, place: ExportPlace, now: number, seen: (messages: number) => Promise<void>): Promise<Survey> {
  const survey: Survey = { messages: 0, isEmpty: true, channels: new Set(), wanted: new Set(), late: new Set(), problems: [], problemCount: 0 };
  const note = (one: Problem): void => {
    if (survey.problemCount++ < limits.problems) survey.problems.push(one);
  };
  for await (const one of reader(place)) {
    if (one.type === "problem") note(one);
    if (one.type === "message" || (one.type === "skipped" && !one.beside)) survey.isEmpty = false;
    if (one.type !== "message") continue;
    // Nothing can be put there.
    if (one.at < 0) note(problem(one.file, one.line, "it was written before 1970"));
    if (one.at >= now) note(problem(one.file, one.line, "it was written in the future"));
    survey.channels.add(one.channel);
    if (one.key !== null && survey.wanted.has(one.key)) survey.late.add(one.key);
    if (one.thread !== undefined) survey.wanted.add(one.thread);
    if (one.reply !== undefined) survey.wanted.add(one.reply);
    survey.messages++;
    await seen(survey.messages);
  }
  return survey;
}
