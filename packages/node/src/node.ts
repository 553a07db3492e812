import { CliError } from "./cli/cli-error.ts";
import type { StartNode } from "./cli/start-node.ts";

/** Composes the node. */
export const startNode: StartNode = () =>
  Promise.reject(new CliError("internal", "There is no engine to start yet."));
