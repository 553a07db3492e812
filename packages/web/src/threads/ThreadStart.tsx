import type { Channel, Id } from "@multichat/client/contract";
import { MessageRow } from "../conversation/MessageRow.tsx";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";

/** Above the replies: the message they answer. */
export function ThreadStart({ channel, root }: { channel: Channel; root: Id }) {
  const message = useAppState((s) => s.roots[root]);
  const editing = useAppState((s) => s.editing?.timeline === root && s.editing.message === root);
  const highlighted = useAppState((s) => s.highlighted === root);
  const loaded = useAppState((s) => s.timelines[root]?.messages.length ?? 0);
  const count = Math.max(loaded, message?.replies?.replies ?? 0);
  return (
    <>
      {message ? (
        <MessageRow message={message} timeline={root} index={0} count={-1} hidden={0} changes={[]} editing={editing} highlighted={highlighted} newDay={false} newLine={false} startsGroup />
      ) : (
        <p data-row={0} tabIndex={-1} className="px-5 pt-4 text-quiet italic">
          {t("thread.noRoot", { channel: channel.name })}
        </p>
      )}
      <div className="flex items-center gap-3 px-5 pt-3 pb-1 text-12 font-medium text-quiet">
        {t("thread.replies", { count })}
        <span className="h-px flex-1 bg-line" />
      </div>
    </>
  );
}
