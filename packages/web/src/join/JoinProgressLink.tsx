import type { Join } from "@multichat/client/contract";
import { ChevronRight } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";

/** Back to a join that is under way. */
export function JoinProgressLink({ join }: { join: Join }) {
  const app = useApp();
  return (
    <button
      type="button"
      onClick={() => navigate(app, { at: "join", join: join.id })}
      className="mb-6 flex min-h-12 w-full items-center gap-3 rounded-m border border-line bg-sunken px-4 py-2 text-start hover:bg-hover"
    >
      <span className="min-w-0 flex-1 wrap-anywhere">
        {t(join.step === "failed" ? "rail.joinFailed" : "rail.joining", { name: join.space.name })}
      </span>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-quiet" />
    </button>
  );
}
