import { useState } from "react";
import { Button } from "./Button.tsx";
import { Field } from "./Field.tsx";
import { useTask } from "./use-task.ts";

interface Props {
  label: string;
  hint: string;
  button: string;
  autoComplete: "nickname" | "off";
  autoFocus?: boolean;
  /** Given the name without spaces around it, which is never empty. */
  onName(name: string): Promise<void>;
}

/** The most characters of a name in every format (spec/02, Limits). */
export const longestName = 64;

/** One big field for a name, and the button that goes on with it. */
export function NameForm({ button, onName, ...field }: Props) {
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const task = useTask(onName);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name) void task.start(name);
      }}
    >
      <Field
        {...field}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        maxLength={longestName}
        large
        problem={task.problem}
      />
      <Button type="submit" kind="primary" large className="mt-5 w-full" disabled={!name || task.busy}>
        {button}
      </Button>
    </form>
  );
}
