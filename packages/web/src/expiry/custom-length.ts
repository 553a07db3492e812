import { part } from "../app/part.ts";

/** Fetched when somebody wants a time that is not in the list. */
export const CustomLength = part(async () => (await import("./CustomLength.tsx")).CustomLength);
