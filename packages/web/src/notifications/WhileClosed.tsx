/** How one is told while no page of the app is open: through this browser's push service, and through an address of one's own. */
import type { PushBrowser, Wake, WakeCalls } from "@multichat/client/contract";
import { useEffect, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { Switch } from "../design/Switch.tsx";
import { useNow } from "../design/use-now.ts";
import { useTask } from "../design/use-task.ts";
import { relativeTime, shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { problemText } from "../i18n/problem-text.ts";
import { Piece } from "../settings/SectionBody.tsx";
import { useApp } from "../state/context.tsx";
import { useWake } from "./use-wake.ts";
import {
  ownEndpoint,
  pushObstacle,
  subscribe,
  unsubscribe,
  type PushObstacle,
} from "./web-push.ts";
import { keepWorkerWords } from "./worker-words.ts";

export function WhileClosed() {
  const { wake, problem } = useWake();
  return (
    <Piece title={t("push.title")}>
      <p className="mb-2 text-13 text-quiet">{t("push.lead")}</p>
      <Problem text={problem} />
      {wake && (
        <>
          <Browsers browsers={wake.browsers} />
          <Address wake={wake} />
        </>
      )}
    </Piece>
  );
}

function Browsers({ browsers }: { browsers: readonly PushBrowser[] }) {
  const app = useApp();
  const [endpoint, setEndpoint] = useState<string | null>(null);
  const [obstacle, setObstacle] = useState<PushObstacle | null>(pushObstacle);
  const [unknown, setUnknown] = useState<string | null>(null);
  useEffect(() => {
    look().then(setEndpoint, (error: unknown) => setUnknown(problemText(error)));
  }, []);
  const turn = useTask(async (on: boolean) => {
    if (on) setObstacle(await subscribe(app));
    else await unsubscribe(app, endpoint!);
    setEndpoint(await ownEndpoint());
  });
  const own = browsers.find((one) => one.endpoint === endpoint);
  const others = browsers.filter((one) => one !== own);
  return (
    <>
      <Switch
        label={t("push.here")}
        about={
          own && !own.ended ? t("push.through", { service: own.service }) : t("push.hereAbout")
        }
        why={obstacle && t(`push.obstacle.${obstacle}`)}
        checked={own !== undefined && !own.ended}
        disabled={turn.busy}
        onChange={(on) => void turn.start(on)}
      />
      <Problem text={turn.problem ?? unknown} />
      {own?.ended && <p className="text-13 text-warn-text">{t("push.endedHere")}</p>}
      {own && !own.ended && <Calls calls={own} only={own.endpoint} />}
      {others.length > 0 && (
        <>
          <h5 className="mt-4 text-13 font-medium">{t("push.others")}</h5>
          <ul className="divide-y divide-line">
            {others.map((one) => (
              <Other key={one.endpoint} browser={one} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

async function look(): Promise<string | null> {
  const own = await ownEndpoint();
  // It may be told in another language than when it subscribed.
  if (own) await keepWorkerWords();
  return own;
}

/** What another browser is, or what this one was before its data were cleared, only its push service and the day tell. */
function Other({ browser }: { browser: PushBrowser }) {
  const app = useApp();
  const { endpoint, service, at, ended, problem } = browser;
  const remove = useTask(
    async () => void (await app.client.call("wake.unsubscribe", { endpoint })),
  );
  return (
    <li className="flex flex-wrap items-center gap-3 py-2">
      <div className="min-w-0 flex-1 basis-56">
        <p className="wrap-anywhere">{t("push.other", { service, date: shortDate(at) })}</p>
        {(ended || problem) && (
          <p className="text-13 text-warn-text wrap-anywhere">
            {ended ? t("push.ended") : t("push.notTaken", { why: problem ?? "" })}
          </p>
        )}
        <Problem text={remove.problem} />
      </div>
      <Button disabled={remove.busy} onClick={() => void remove.start()}>
        {t("push.remove")}
      </Button>
    </li>
  );
}

function Address({ wake }: { wake: Wake }) {
  const app = useApp();
  const [typed, setTyped] = useState(wake.url ?? "");
  const set = useTask(async (url: string | null) => {
    await app.client.call("wake.set", { url });
    setTyped(url ?? "");
  });
  const changed = typed.trim() !== "" && typed.trim() !== wake.url;
  return (
    <form
      className="mt-5 max-w-104"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) void set.start(typed.trim());
      }}
    >
      <Field
        verbatim
        type="url"
        label={t("webhook.label")}
        hint={t("webhook.hint")}
        problem={set.problem}
        placeholder="https://ntfy.sh/…"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" disabled={!changed || set.busy}>
          {t("webhook.save")}
        </Button>
        {wake.url !== null && (
          <Button kind="quiet" disabled={set.busy} onClick={() => void set.start(null)}>
            {t("webhook.remove")}
          </Button>
        )}
      </div>
      {wake.url !== null && <Calls calls={wake} only={null} />}
    </form>
  );
}

/** How the last call went, and the next one on trial. */
function Calls({ calls, only }: { calls: WakeCalls; only: string | null }) {
  const app = useApp();
  const now = useNow();
  const test = useTask(async () => void (await app.client.call("wake.test", { only })));
  const { calling, problem, taken } = calls;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button disabled={calling || test.busy} onClick={() => void test.start()}>
        {t("push.test")}
      </Button>
      <p
        role="status"
        className={`min-w-0 flex-1 basis-40 text-13 wrap-anywhere ${problem ? "text-warn-text" : "text-quiet"}`}
      >
        {problem
          ? t("push.notTaken", { why: problem })
          : taken === null
            ? t("push.never")
            : t("push.taken", { when: relativeTime(taken, now) })}
      </p>
      <Problem text={test.problem} />
    </div>
  );
}
