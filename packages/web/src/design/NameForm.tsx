import { useState, type ClipboardEvent } from "react";
import { Button } from "./Button.tsx";
import { Field } from "./Field.tsx";
import { unseenName } from "./unseen-name.ts";
import { useTask } from "./use-task.ts";

interface Props {
  label: string;
  hint: string;
  button: string;
  autoComplete: "nickname" | "off";
  autoFocus?: boolean;
  /** What is wrong with what was typed, in words. */
  check?(typed: string): string | null;
  onPaste?(event: ClipboardEvent): void;
  /** Given the name without spaces around it, which is never empty. */
  onName(name: string): Promise<void>;
}

/** The most characters of a name in every format (spec/02, Limits). */
export const longestName = 64;

/** One big field for a name, and the button that goes on with it. */
export function NameForm({ button, check, onName, ...field }: Props) {
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const wrong = unseenName(name) ?? check?.(name) ?? null;
  const task = useTask(onName);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name && !wrong) void task.start(name);
      }}
    >
      <Field
        {...field}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        maxLength={longestName}
        large
        problem={wrong ?? task.problem}
      />
      <Button type="submit" kind="primary" large className="mt-5 w-full" disabled={!name || wrong !== null || task.busy}>
        {button}
      </Button>
    </form>
  );
}
