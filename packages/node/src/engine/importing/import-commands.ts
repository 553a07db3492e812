/** Exports of other programs, and one's own, brought into a workspace (spec/export.md, Import): one at a time, and what is said of it meanwhile. */
import type { BlobStore } from "@multichat/core";
import { type Clock, type Crypto, type Store, StoreError } from "@multichat/core/ports";
import type { Commands, Import, ImportFormat, ImportSummary } from "@multichat/client/contract";
import { type ChannelId, limits } from "@multichat/protocol";
import { type ExportFiles, ImportError, type Problem, type Skipped, sources } from "../../import/imported.ts";
import { withoutControls } from "../../import/plain-text.ts";
import { expected, readers } from "../../import/readers.ts";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure, toApiError } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";
import { createBringing } from "./bringing.ts";
import { cut } from "./composing.ts";
import { type Survey, surveyOf } from "./survey.ts";

/** Often enough to look alive. */
const tellMs = 200;
/** Of the problems in one sentence; the others are listed beside it. */
const namedProblems = 3;

export interface ImportDeps {
  store: Store;
  crypto: Crypto;
  clock: Clock;
  exports: ExportFiles;
  blobs: BlobStore;
  /** False once the node stops. */
  running(): boolean;
  log(event: string, detail?: Record<string, string | number>): void;
}

/** The node stops: what is left comes when it is started again. */
class Stopped extends Error {
  override name = "Stopped";
}

/** Whoever started it wants it no further. */
class Cancelled extends Error {
  override name = "Cancelled";
}

export function createImportCommands(scope: Scope, deps: ImportDeps) {
  const { node } = scope;
  const { clock } = deps;
  let current: Import | null = null;
  let told = -Infinity;
  let isCancelled = false;

  function change(next: Partial<Import>, always: boolean): void {
    current = { ...current!, ...next };
    if (!always && clock.now() - told < tellMs) return;
    told = clock.now();
    node.pushes.say({ push: "import", data: current });
  }

  async function pause(): Promise<void> {
    await new Promise<void>((resume) => void clock.after(0, resume));
    goOn();
  }

  /** @throws Stopped, Cancelled */
  function goOn(): void {
    if (!deps.running()) throw new Stopped();
    if (isCancelled) throw new Cancelled();
  }

  const isUnderWay = (): boolean => current?.step === "checking" || current?.step === "running";

  function start({ format, path, space: spaceId, channel: channelId }: Commands["import.start"][0]): Import {
    if (isUnderWay()) throw new Failure("bad-request", "An import is under way. Wait until it is done.");
    const space = scope.space(spaceId);
    const over = node.privates.readOnly(space);
    if (over !== null) throw new Failure("read-only", over);
    const channel = channelId === undefined ? null : scope.channel(channelId);
    if (channel !== null && channel.space.id !== space.id) throw new Failure("not-found", "There is no such channel in this workspace.");
    scope.require(space, "manage-integrations", channel === null ? {} : { channel: channel.channel });
    const begun: Import = { format, path, space: space.id, channel: channel?.channel ?? null, step: "checking", messages: 0, of: 0, summary: emptySummary(), problems: [], detail: "Looking at it.", error: null };
    current = begun;
    isCancelled = false;
    carryOut(space, begun).catch((error: unknown) => {
      if (error instanceof Stopped) return;
      const soFar = current!.summary.messages;
      if (error instanceof Cancelled) return change({ step: "cancelled", detail: soFar === 0 ? "Cancelled. Nothing was imported." : `Cancelled. ${soFar} messages are here; start it again for the others.` }, true);
      if (error instanceof StoreError) node.recover(error);
      const { code, message } = error instanceof ImportError ? error : toApiError(error);
      if (code === "internal") deps.log("import.failed", { error: error instanceof Error ? (error.stack ?? error.message) : "unknown" });
      change({ step: "failed", error: code, detail: soFar === 0 ? message : `${message} ${soFar} messages are here already; start it again for the others.` }, true);
    });
    return begun;
  }

  async function carryOut(space: Space, { format, path, channel }: Import): Promise<void> {
    const reader = readers[format];
    const place = await deps.exports.open(path);
    const survey = await surveyOf(reader, place, Math.floor(scope.now()), async (messages) => {
      if (messages % 1000 !== 0) return;
      change({ messages, detail: `Looking at it: ${messages} messages.` }, false);
      await pause();
    });
    if (survey.problemCount > 0) {
      change({ problems: survey.problems.map(({ file, line, reason }) => ({ file, line, reason })) }, false);
      throw new ImportError("file-damaged", wordsFor(survey));
    }
    if (survey.isEmpty) throw new ImportError("file-damaged", `Nothing was imported: there is nothing in ${place.name}. ${expected[format]}`);
    goOn();
    const { messages: of } = survey;
    const summary = emptySummary();
    const targets = channel === null ? channelsFor(space, survey.channels, format, summary) : new Map<string, ChannelId>();
    if (channel !== null) summary.channels.push({ id: channel, name: scope.state(space).channels.get(channel as ChannelId)!.name, made: false, messages: 0 });
    const bringing = createBringing({ ...deps, scope, place, space, source: sources[format], survey, summary, pause });
    const skips = new Map<string, number>();
    let messages = 0;
    change({ step: "running", messages, of, summary, detail: `Importing ${of} messages.` }, true);
    for await (const one of reader(place)) {
      if (one.type === "problem") throw new ImportError("file-damaged", `The export was changed meanwhile. ${placeOf(one)}`);
      if (one.type === "skipped") {
        count(skips, one);
        continue;
      }
      await bringing.add(one, (channel as ChannelId | null) ?? targets.get(one.channel) ?? changedMeanwhile());
      messages++;
      change({ messages, detail: `Importing: ${messages} of ${of} messages.` }, false);
    }
    await bringing.end();
    summary.skipped = [...skips].map(([what, many]) => ({ what, count: many })).sort((a, b) => b.count - a.count);
    change({ step: "done", messages, detail: `${summary.messages} messages are here${summary.already > 0 ? `, ${summary.already} were before` : ""}.` }, true);
  }

  /** By name, made where they are missing. @throws Failure before anything is made */
  function channelsFor(space: Space, names: ReadonlySet<string>, format: ImportFormat, summary: ImportSummary): Map<string, ChannelId> {
    const existing = new Map([...scope.state(space).channels.values()].filter(({ archived }) => !archived).map(({ id, name }) => [name.toLowerCase(), { id, name }]));
    const clean = new Map([...names].map((name) => [name, existing.get(name.toLowerCase())?.name ?? channelName(name, format)]));
    for (const name of clean.values()) {
      const found = existing.get(name.toLowerCase());
      if (found === undefined) scope.require(space, "manage-channels");
      else scope.require(space, "manage-integrations", { channel: found.id });
    }
    const targets = new Map<string, ChannelId>();
    for (const [given, name] of clean) {
      const found = existing.get(name.toLowerCase());
      const id = found?.id ?? (scope.control(space, "channel.create", { name, type: "text" }) as string as ChannelId);
      if (found === undefined) existing.set(name.toLowerCase(), { id, name });
      targets.set(given, id);
      if (!summary.channels.some((one) => one.id === id)) summary.channels.push({ id, name: found?.name ?? name, made: found === undefined, messages: 0 });
    }
    return targets;
  }

  return {
    "import.start": (params) => ({ import: start(params) }),
    "import.get": () => ({ import: current }),
    "import.cancel": () => {
      isCancelled = true;
      return { import: current };
    },
  } satisfies Handlers;
}

function emptySummary(): ImportSummary {
  return { channels: [], messages: 0, already: 0, authors: 0, replies: 0, orphans: 0, unlinked: 0, reactions: 0, files: 0, edited: 0, split: 0, skipped: [] };
}

/** Names of files and of other programs in one word; those of Multichat may have several, and emoji that are joined. */
function channelName(given: string, format: ImportFormat): string {
  const name = withoutControls(given).replace(/^#+/, "");
  const clean = format === "export" ? name.replaceAll(/(?!\u200d)\p{Cf}/gu, "").replaceAll(/\s+/g, " ").trim() : name.replaceAll(/[\s\p{Cf}]+/gu, "-").replaceAll(/^-+|-+$/g, "");
  return cut(clean, limits.name) || "imported";
}

function count(skips: Map<string, number>, { what }: Skipped): void {
  skips.set(what, (skips.get(what) ?? 0) + 1);
}

function placeOf({ file, line, reason }: Problem): string {
  return `${file}${line > 0 ? `, line ${line}` : ""}: ${reason}.`;
}

function wordsFor({ problems, problemCount }: Survey): string {
  const named = problems.slice(0, namedProblems).map(placeOf).join(" ");
  const more = problemCount - Math.min(problemCount, namedProblems);
  return `Nothing was imported. ${named}${more > 0 ? ` And ${more} more.` : ""}`;
}

function changedMeanwhile(): never {
  throw new ImportError("file-damaged", "The export was changed meanwhile. Start again.");
}
