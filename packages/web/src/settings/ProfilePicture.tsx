import type { PersonCard } from "@multichat/client/contract";
import { useCallback, useRef } from "react";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { PersonAvatar } from "../trust/PersonAvatar.tsx";
import { preparePicture } from "./picture.ts";

/** One's own picture, as others see it; another one is made small here and sent. */
export function ProfilePicture({ person }: { person: PersonCard }) {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  const choose = useTask(
    useCallback(
      async (file: File) => {
        const picture = await preparePicture(file);
        if (!picture.ok) throw new PictureRefused(t(`picture.${picture.why}`));
        await app.client.call("account.set", { avatar: picture.data });
      },
      [app],
    ),
  );
  const remove = useTask(
    useCallback(async () => {
      await app.client.call("account.set", { avatar: null });
    }, [app]),
  );
  return (
    <div>
      <div className="flex flex-wrap items-center gap-4">
        <PersonAvatar person={person} size="xl" />
        <div className="flex flex-wrap gap-2">
          <Button disabled={choose.busy} onClick={() => input.current?.click()}>
            {t(person.avatar ? "picture.change" : "picture.choose")}
          </Button>
          {person.avatar && (
            <Button kind="quiet" disabled={remove.busy} onClick={() => void remove.start()}>
              {t("picture.remove")}
            </Button>
          )}
        </div>
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          aria-label={t("picture.label")}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void choose.start(file);
          }}
        />
      </div>
      <p className="mt-2 text-13 text-quiet">{t("picture.hint")}</p>
      <Problem text={choose.problem ?? remove.problem} />
    </div>
  );
}

/** Said to the person as it is. */
class PictureRefused extends Error {
  override name = "PictureRefused";
  readonly code = "bad-request";
}
