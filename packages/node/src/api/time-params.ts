/** Times in parameters, so that none is accepted that an event cannot say; see command-params.ts. */
import { z } from "zod";

/** As far as the time in a stamp reaches (spec/03). */
export const time = z.int().min(0).max(2 ** 47 - 1);
/** A hundred years, in seconds. */
export const longestLife = 100 * 366 * 86_400;
