import { InvalidArgumentError } from "commander";
import { parseDuration } from "./times.ts";

/** An option's value in milliseconds; `never` is 0. */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === null) throw new InvalidArgumentError("Write a time as 90s, 30m, 12h, 7d, 2w or never, at most a hundred years.");
  return milliseconds;
}
