/** A join under way, in words, until the workspace can be used; then straight into it. */
import type { Join } from "@multichat/client/contract";
import { useCallback, useEffect } from "react";
import { Avatar } from "../design/Avatar.tsx";
import { Button } from "../design/Button.tsx";
import { isNarrower, onePane } from "../state/panes.ts";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { defaultChannel } from "../state/selectors.ts";
import { loadChannels } from "../state/session.ts";
import { JoinAttempts } from "./JoinAttempts.tsx";
import { JoinFailure } from "./JoinFailure.tsx";
import { JoinSteps } from "./JoinSteps.tsx";

/** `embedded`: the screen around it already has a main landmark. */
export function JoinScreen({ join, embedded = false }: { join: Join; embedded?: boolean }) {
  const app = useApp();
  useEnterWhenThere(join);
  const cancel = useTask(
    useCallback(async () => {
      await app.client.call("join.cancel", { join: join.id });
      app.store.setState((s) => {
        const { [join.id]: _cancelled, ...joins } = s.joins;
        return { joins };
      });
      navigate(app, { at: "home" }, { replace: true });
    }, [app, join.id]),
  );
  const Frame = embedded ? "div" : "main";
  return (
    <Frame className="grid h-full grid-cols-[minmax(0,1fr)] justify-items-center overflow-y-auto px-6 py-10">
      <div className="my-auto w-full max-w-128 wrap-anywhere">
        <Avatar id={join.space.id} name={join.space.name} size="l" square />
        <h1 className="mt-4 text-28 font-bold tracking-tight text-balance wrap-anywhere">
          {t("join.title", { name: join.space.name })}
        </h1>
        <p className="mt-2 text-17 text-quiet wrap-anywhere">{t("join.invitedBy", { name: join.inviter })}</p>
        {join.step === "failed" ? (
          <JoinFailure join={join} />
        ) : (
          <>
            <JoinSteps join={join} />
            <JoinAttempts join={join} />
          </>
        )}
        <div className="mt-8">
          <Button disabled={cancel.busy} onClick={() => void cancel.start()}>
            {t(join.step === "failed" ? "join.dismiss" : "join.cancel")}
          </Button>
          {cancel.problem && <p className="mt-2 text-13 text-bad-text">{cancel.problem}</p>}
        </div>
      </div>
    </Frame>
  );
}

function useEnterWhenThere(join: Join): void {
  const app = useApp();
  const there = useAppState((s) => s.spaces[join.space.id] !== undefined);
  const done = join.step === "done";
  useEffect(() => {
    if (!there && !done) return;
    const space = join.space.id;
    void loadChannels(app, space)
      .catch(() => undefined)
      .then(() => {
        app.store.setState({ firstRun: null });
        const channel = isNarrower(app, onePane) ? null : (defaultChannel(app.store.getState(), space)?.id ?? null);
        navigate(app, { at: "space", space, channel, pane: null }, { replace: true });
      });
  }, [app, there, done, join.space.id]);
}
