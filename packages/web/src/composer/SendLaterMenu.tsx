import { CalendarClock, ChevronDown, Clock } from "lucide-react";
import { useState } from "react";
import { createPortal } from "react-dom";
import { Fetched } from "../app/Fetched.tsx";
import { MissingSheet } from "../app/MissingSheet.tsx";
import { part } from "../app/part.ts";
import { Menu, type MenuItem } from "../design/Menu.tsx";
import { clockTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";

const ChooseTime = part(async () => (await import("./ChooseTime.tsx")).ChooseTime);

const hour = 3_600_000;

/** Beside the send button: at a later time instead. */
export function SendLaterMenu({
  empty,
  onChoose,
}: {
  /** There is nothing to send. */ empty: boolean;
  onChoose(at: number): Promise<void>;
}) {
  const app = useApp();
  const [choosing, setChoosing] = useState(false);
  const items = (): MenuItem[] => {
    const soon = Date.now() + hour;
    const tomorrow = tomorrowAtNine();
    const times = [
      {
        label: t("schedule.hour", { time: clockTime(soon) }),
        icon: <Clock />,
        onSelect: () => void onChoose(soon),
      },
      {
        label: t("schedule.tomorrow", { time: clockTime(tomorrow) }),
        icon: <Clock />,
        onSelect: () => void onChoose(tomorrow),
      },
      { label: t("schedule.choose"), icon: <CalendarClock />, onSelect: () => setChoosing(true) },
    ];
    return [
      ...(empty ? [] : times),
      {
        label: t("schedule.show"),
        icon: <CalendarClock />,
        onSelect: () => openSheet(app, { kind: "scheduled" }),
      },
    ];
  };
  return (
    <>
      <Menu
        label={t("schedule.menu")}
        align="end"
        button={<ChevronDown aria-hidden="true" className="size-4" />}
        buttonClass="my-1 grid h-9 w-7 shrink-0 place-items-center rounded-s text-quiet hover:bg-hover hover:text-text aria-expanded:bg-pressed pointer-coarse:my-0 pointer-coarse:h-11 pointer-coarse:w-11 pointer-coarse:tight:w-[max(44px,1.75rem)]"
        items={items}
      />
      {choosing &&
        // A form of its own cannot be in that of the composer.
        createPortal(
          <Fetched missing={<MissingSheet onClose={() => setChoosing(false)} />}>
            <ChooseTime onChoose={onChoose} onClose={() => setChoosing(false)} />
          </Fetched>,
          document.body,
        )}
    </>
  );
}

function tomorrowAtNine(): number {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  return date.setHours(9, 0, 0, 0);
}
