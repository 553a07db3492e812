import { useCallback, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Field } from "../../design/Field.tsx";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { NewPassphrase, whyUnusable } from "../../recovery/NewPassphrase.tsx";
import { Problem } from "../../design/Problem.tsx";
import { useApp, useAppState } from "../../state/context.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** The passphrase that seals this computer's keys, asked for whenever Multichat starts. */
export function Passphrase() {
  const protectedNow = useAppState((s) => s.status?.protected ?? false);
  return (
    <SectionBody>
      <p className="text-quiet">{t("keys.lead")}</p>
      <p role="status" className="font-medium">
        {t(protectedNow ? "keys.on" : "keys.off")}
      </p>
      <Piece title={t(protectedNow ? "keys.change" : "keys.set")}>
        <ProtectForm key={String(protectedNow)} protectedNow={protectedNow} />
      </Piece>
      {protectedNow && (
        <Piece title={t("keys.remove")}>
          <RemoveForm />
        </Piece>
      )}
    </SectionBody>
  );
}

function useProtect(done: () => void): (passphrase: string | null, current: string) => Promise<void> {
  const app = useApp();
  return useCallback(
    async (passphrase: string | null, current: string) => {
      await app.client.call("keys.protect", { passphrase, ...(current ? { current } : {}) });
      const { status } = await app.client.call("status.get", {});
      app.store.setState({ status });
      done();
    },
    [app, done],
  );
}

function ProtectForm({ protectedNow }: { protectedNow: boolean }) {
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState({ first: "", again: "" });
  const [changed, setChanged] = useState(false);
  const done = useCallback(() => {
    setCurrent("");
    setWanted({ first: "", again: "" });
    setChanged(true);
  }, []);
  const protect = useProtect(done);
  const task = useTask(useCallback(() => protect(wanted.first, current), [protect, wanted, current]));
  const why = protectedNow && !current ? t("keys.currentFirst") : whyUnusable(wanted);
  return (
    <form
      autoComplete="off"
      className="max-w-104 space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChanged(false);
        if (why === null) void task.start();
      }}
    >
      {protectedNow && <Current value={current} onChange={setCurrent} problem={task.problem} />}
      <NewPassphrase value={wanted} onChange={setWanted} />
      <p className="text-13 text-quiet">{t("keys.forgotten")}</p>
      {!protectedNow && <Problem text={task.problem} />}
      {changed && !task.busy && (
        <p role="status" className="text-13">
          {t("keys.changed")}
        </p>
      )}
      <div>
        <Button type="submit" kind="primary" why={why} disabled={task.busy}>
          {t(protectedNow ? "keys.change" : "keys.set")}
        </Button>
      </div>
    </form>
  );
}

function RemoveForm() {
  const [current, setCurrent] = useState("");
  const protect = useProtect(useCallback(() => undefined, []));
  const task = useTask(useCallback(() => protect(null, current), [protect, current]));
  return (
    <form
      autoComplete="off"
      className="max-w-104 space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (current) void task.start();
      }}
    >
      <p className="text-quiet">{t("keys.removeMeans")}</p>
      <Current value={current} onChange={setCurrent} problem={task.problem} />
      <Button type="submit" kind="danger" why={current ? null : t("keys.currentFirst")} disabled={task.busy}>
        {t("keys.remove")}
      </Button>
    </form>
  );
}

function Current({ value, onChange, problem }: { value: string; onChange(value: string): void; problem: string | null }) {
  return (
    <Field
      label={t("keys.current")}
      problem={problem}
      type="password"
      autoComplete="current-password"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
