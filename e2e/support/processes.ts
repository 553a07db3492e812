/** The processes a test starts: all of them end with it, whatever happens to the test. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));
const command = fileURLToPath(new URL("../../bin/multichat.mjs", import.meta.url));

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Runs `multichat …` from the repository's root, as a person would. @param nodeOptions Node's own */
export function spawnMultichat(
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): ChildProcess {
  return spawnTracked(process.execPath, [...nodeOptions, command, ...args]);
}

/** `npx multichat …`, through npm's own way of finding the command. */
export function spawnNpx(args: readonly string[]): ChildProcess {
  const env = { ...process.env, npm_config_loglevel: "error", npm_config_update_notifier: "false" };
  return spawnTracked("npx", ["multichat", ...args], env);
}

function spawnTracked(program: string, args: readonly string[], env = process.env): ChildProcess {
  const child = spawn(program, args, { cwd: repositoryRoot, env, stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

export interface Finished {
  stdout: string;
  stderr: string;
  status: number | null;
}

/** Waits for the end of a process that is given `input` on stdin. */
export function finished(child: ChildProcess, input = ""): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin?.on("error", () => undefined); // it may end without reading
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ stdout, stderr, status }));
  });
}
