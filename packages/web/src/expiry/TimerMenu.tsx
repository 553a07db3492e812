import { Timer } from "lucide-react";
import { useState } from "react";
import { createPortal } from "react-dom";
import { Fetched } from "../app/Fetched.tsx";
import { MissingSheet } from "../app/MissingSheet.tsx";
import { Menu } from "../design/Menu.tsx";
import { t } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";
import { CustomLength } from "./custom-length.ts";
import { timerBounds, timers } from "./lengths.ts";

/** Lets the message that is being written disappear some time after it is sent. @param seconds 0: it stays */
export function TimerMenu({
  seconds,
  onChoose,
}: {
  seconds: number;
  onChoose(seconds: number): void;
}) {
  const [custom, setCustom] = useState(false);
  const known: readonly number[] = timers;
  const choices = [
    0,
    ...(seconds === 0 || known.includes(seconds)
      ? known
      : [...known, seconds].sort((a, b) => a - b)),
  ];
  return (
    <>
      <Menu
        label={seconds === 0 ? t("timer.menu") : t("timer.menuOn", { span: spanText(seconds) })}
        align="end"
        button={<Timer aria-hidden="true" className="size-4.5" />}
        buttonClass={`my-1 grid h-9 w-8 shrink-0 place-items-center rounded-s hover:bg-hover aria-expanded:bg-pressed pointer-coarse:my-0 pointer-coarse:h-11 pointer-coarse:w-11 ${seconds === 0 ? "text-quiet hover:text-text" : "text-accent-text"}`}
        items={() => [
          ...choices.map((choice) => ({
            label: choice === 0 ? t("timer.off") : spanText(choice),
            chosen: choice === seconds,
            onSelect: () => onChoose(choice),
          })),
          { label: t("retention.custom"), onSelect: () => setCustom(true) },
        ]}
      />
      {custom &&
        // A form of its own cannot be in that of the composer.
        createPortal(
          <Fetched missing={<MissingSheet onClose={() => setCustom(false)} />}>
            <CustomLength
              bounds={timerBounds}
              onChoose={onChoose}
              onClose={() => setCustom(false)}
            />
          </Fetched>,
          document.body,
        )}
    </>
  );
}
