/** The HTTP side of the local API: signing in, single commands, and the web app's files. */
import { Hono } from "hono";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import type { EngineSession } from "../engine/port.ts";
import { refuseCaller, refusePlace } from "./access.ts";
import type { Credentials, RequestHeaders } from "./access.ts";
import type { BackupFile } from "./backup-file.ts";
import { execute } from "./execute.ts";
import { type FilePort, giveFile, receiveFile } from "./files.ts";
import { statusOf } from "./http-status.ts";
import { limitBody } from "./limit-body.ts";
import { limits } from "./limits.ts";
import { parseCommand, parseJson } from "./parse-request.ts";
import { failure } from "./result.ts";
import type { ApiResult } from "./result.ts";
import { securityHeaders } from "./security-headers.ts";
import { notBuilt, readWebFile } from "./web-app.ts";

export interface HttpAppDeps {
  /** Nothing is pushed over HTTP, so all its requests share one session, which watches nothing. */
  session: EngineSession;
  credentials: Credentials;
  /** A `Set-Cookie` value for a code that is good, else null. */
  redeemCode(code: string): string | null;
  openBrowser(): Promise<{ code: string; page: string }>;
  backupFile: BackupFile;
  files: FilePort;
  webRoot: string;
  /** Known once the server listens. */
  port(): number;
  onInternalError: (cause: unknown) => void;
}

const sessionBody = z.strictObject({ code: z.string().min(1).max(256) });

export function createHttpApp(deps: HttpAppDeps): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    const refused = refusePlace(headersOf(context), deps.port());
    if (refused === null) await next();
    else context.res = reply(context, refused);
    // What a file may do is less than what the page may.
    for (const [name, value] of Object.entries(securityHeaders(deps.port())))
      if (!context.res.headers.has(name)) context.header(name, value);
  });

  // Ahead of the limit: a backup is as long as it is.
  app.put("/api/v1/backup-file", async (context) => {
    const refused = refuseCaller(headersOf(context), deps.credentials, true);
    if (refused !== null) return reply(context, refused);
    const path = await deps.backupFile.receive(context.req.raw.body);
    const full =
      "The disk is full, so the file could not be taken over. Free some space and try again.";
    return reply(
      context,
      path === null ? failure("disk-full", full) : { ok: true, value: { path } },
    );
  });

  app.post("/api/v1/files", async (context) => {
    const refused = refuseCaller(headersOf(context), deps.credentials, true);
    if (refused !== null) return reply(context, refused);
    return reply(context, await receiveFile(deps.files, context.req.raw.body));
  });

  const atMost = (bytes: number): MiddlewareHandler =>
    limitBody(bytes, (context) =>
      reply(
        context,
        failure("too-large", `A request may have at most ${bytes / 1024} KiB.`),
      ),
    );

  app.post("/api/v1/session", atMost(limits.codeBytes), async (context) => {
    const body = sessionBody.safeParse(await context.req.json().catch(() => null));
    if (!body.success)
      return reply(context, failure("bad-request", 'The body must be {"code":…}.'));
    const cookie = deps.redeemCode(body.data.code);
    if (cookie === null) {
      const message =
        "This address has been used already or is older than a minute. Run `multichat start` for a new one.";
      return reply(context, failure("unauthorized", message));
    }
    context.header("set-cookie", cookie);
    return reply(context, { ok: true, value: {} });
  });

  app.get("/api/v1/session", (context) => {
    const refused = refuseCaller(headersOf(context), deps.credentials, false);
    return reply(context, refused ?? { ok: true, value: {} });
  });

  // A download is a link that was followed, and those come without an Origin; what it leads to is sealed.
  app.get("/api/v1/backup-file", async (context) => {
    const refused = refuseCaller(headersOf(context), deps.credentials, false);
    if (refused !== null) return reply(context, refused);
    const file = await deps.backupFile.read();
    if (file === null)
      return reply(
        context,
        failure("not-found", "There is no backup to download. Make one first."),
      );
    const name = `multichat-${file.written.toISOString().slice(0, 10)}.multichat-backup`;
    return context.body(file.content as ReadableStream, 200, {
      "content-type": "application/octet-stream",
      "content-length": String(file.size),
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    });
  });

  // Pictures in the page and downloads come without an Origin; no other page can read them.
  app.get("/api/v1/files/:blob", async (context) => {
    const refused = refuseCaller(headersOf(context), deps.credentials, false);
    if (refused !== null) return reply(context, refused);
    const answer = await giveFile(deps.files, {
      blob: context.req.param("blob"),
      message: context.req.query("event") ?? "",
      range: context.req.header("range"),
      known: context.req.header("if-none-match"),
      unless: context.req.header("if-range"),
    });
    if (!answer.ok) return reply(context, answer);
    const { status, headers, body } = answer.value;
    return new Response(body, { status, headers });
  });

  app.use("/api/*", async (context, next) => {
    const refused = refuseCaller(headersOf(context), deps.credentials, true);
    if (refused === null) return next();
    return reply(context, refused);
  });

  // After the question who asks: nothing is kept in memory of whoever is not let in.
  app.use("/api/*", atMost(limits.requestBytes));

  app.post("/api/v1/command", async (context) => {
    const json = parseJson(await context.req.text());
    if (!json.ok) return reply(context, json);
    const parsed = parseCommand(json.value);
    if (!parsed.ok) return reply(context, parsed);
    if (parsed.value.command === "watch") {
      return reply(
        context,
        failure("bad-request", "`watch` needs the WebSocket: over HTTP nothing can be pushed."),
      );
    }
    const result = await new Promise<ApiResult<unknown>>((answer) =>
      execute(deps.session, parsed.value, deps.onInternalError, answer),
    );
    return reply(context, result);
  });

  app.post("/api/v1/browser-code", async (context) =>
    reply(context, { ok: true, value: await deps.openBrowser() }),
  );

  app.post("/api/v1/backup-file", async (context) =>
    reply(context, { ok: true, value: { path: await deps.backupFile.reserve() } }),
  );

  app.all("/api/*", (context) =>
    reply(context, failure("not-found", "There is nothing at this path of the local API.")),
  );

  app.get("/*", async (context) => {
    const file = await readWebFile(deps.webRoot, context.req.path);
    if (file === null)
      return context.req.path === "/"
        ? context.html(notBuilt, 503)
        : context.text("Not found", 404);
    return context.body(file.body, 200, {
      "content-type": file.type,
      "cache-control": file.cacheControl,
    });
  });

  app.onError((cause, context) => {
    deps.onInternalError(cause);
    return reply(context, failure("internal", "Something went wrong inside Multichat."));
  });

  return app;
}

function headersOf(context: Context): RequestHeaders {
  return {
    host: context.req.header("host"),
    origin: context.req.header("origin"),
    authorization: context.req.header("authorization"),
    cookie: context.req.header("cookie"),
  };
}

function reply(context: Context, result: ApiResult<unknown>): Response {
  context.header("cache-control", "no-store");
  return context.json(result, result.ok ? 200 : statusOf(result.error.code));
}
