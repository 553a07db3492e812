/** The messages of the WebSocket at /api/v1/socket, one JSON document each (spec/local-api.md). */
import type { CommandName, Commands } from "./commands.ts";
import type { ApiError } from "./model.ts";
import type { Push } from "./pushes.ts";

/** What the node reads at most in one frame or one HTTP body; a longer one is refused as `too-large`. */
export const maxFrameBytes = 256 * 1024;

/** Requests may be pipelined: answers carry the request's id and come in any order. */
export type Request = {
  [C in CommandName]: { id: number; command: C; params: Commands[C][0] };
}[CommandName];

/** Several requests gathered in one tick may travel as one array; they are carried out in its order. */
export type ToNode = Request | Request[];

export type Answer =
  | { id: number; ok: true; value: unknown }
  /** `id` is null when the frame could not be read far enough to find one. */
  | { id: number | null; ok: false; error: ApiError };

/** Several answers and pushes gathered in one tick travel as one array. */
export type FromNode = Answer | Push | (Answer | Push)[];
