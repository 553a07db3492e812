import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { t } from "../i18n/messages.ts";
import { Button } from "./Button.tsx";
import { copyText } from "./copy-text.ts";

const confirmedMs = 2_000;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      data-print="hide"
      onClick={async () => {
        setCopied(await copyText(text));
      }}
    >
      {copied ? <Check aria-hidden="true" className="size-4" /> : <Copy aria-hidden="true" className="size-4" />}
      {copied ? t("copy.done") : label}
    </Button>
  );
}
