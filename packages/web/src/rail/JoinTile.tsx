import type { Join } from "@multichat/client/contract";
import { CircleAlert, LoaderCircle } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { navigate } from "../state/route.ts";

/** A workspace that is being joined. */
export function JoinTile({ join }: { join: Join }) {
  const app = useApp();
  const current = useAppState((s) => s.route.at === "join" && s.route.join === join.id);
  const label = t(join.step === "failed" ? "rail.joinFailed" : "rail.joining", { name: join.space.name });
  return (
    <li>
      <button
        type="button"
        aria-label={label}
        title={label}
        aria-current={current ? "page" : undefined}
        onClick={() => navigate(app, { at: "join", join: join.id })}
        className="grid size-10 place-items-center rounded-m border border-line bg-surface text-quiet aria-[current]:border-accent pointer-coarse:size-11"
      >
        {join.step === "failed" ? (
          <CircleAlert aria-hidden="true" className="size-4.5 text-bad-text" />
        ) : (
          <LoaderCircle aria-hidden="true" className="size-4.5 animate-spin" />
        )}
      </button>
    </li>
  );
}
