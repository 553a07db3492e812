/** Who has an own message: a quiet mark that opens into names, and fades once everybody has it. */
import type { Message } from "@multichat/client/contract";
import { memo, useRef, useState } from "react";
import { placeBelow } from "../design/place.ts";
import { useApp } from "../state/context.tsx";
import { DeliveryIcon } from "./DeliveryIcon.tsx";
import { deliveryLevel } from "./delivery-level.ts";
import { deliverySentence, deliverySummary } from "./delivery-text.ts";

export const DeliveryMark = memo(function DeliveryMark({ message }: { message: Message }) {
  const app = useApp();
  const button = useRef<HTMLButtonElement>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const [sentence, setSentence] = useState<{ of: Message; text: string } | null>(null);
  const [open, setOpen] = useState(false);
  const level = deliveryLevel(message.delivery);
  // Names that were asked for before an acknowledgement came in are out of date.
  const text = sentence?.of === message ? sentence.text : deliverySummary(message.delivery);

  const look = async () => {
    setOpen(true);
    if (level === "saving" || message.delivery?.of === 0) return;
    try {
      const { delivery } = await app.client.call("message.delivery", { message: message.id });
      setSentence({ of: message, text: deliverySentence(delivery) });
    } catch {
      // The summary stands.
    }
  };

  const show = (element: HTMLDivElement | null) => {
    bubble.current = element;
    if (!element || !button.current) return;
    element.showPopover();
    placeBelow(element, button.current, "end");
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={text}
        onPointerEnter={(event) => event.pointerType === "mouse" && void look()}
        onPointerLeave={(event) => event.pointerType === "mouse" && setOpen(false)}
        onFocus={() => void look()}
        onBlur={() => setOpen(false)}
        onClick={() => void look()}
        className={`-mx-1.5 -my-[5px] grid size-8 place-items-center rounded-s text-quiet transition-opacity duration-500 pointer-coarse:-mx-3 pointer-coarse:-my-[11px] pointer-coarse:size-11 ${level === "all" ? "opacity-0 delay-1000 group-hover:opacity-100 group-hover:delay-0 focus-visible:opacity-100 focus-visible:delay-0" : ""}`}
      >
        <DeliveryIcon level={level} />
      </button>
      {open && (
        <div
          key={text}
          ref={show}
          popover="manual"
          aria-hidden="true"
          className="fixed m-0 w-max max-w-[min(20rem,calc(100vw-16px))] rounded-m border border-line bg-raised px-3 py-2 text-13 text-text shadow-float"
        >
          {text}
        </div>
      )}
    </>
  );
});
