/** A poll: one votes by pressing, sees how many did and who, and can take the vote back. */
import type { PollView } from "@multichat/client/contract";
import { Check, Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { Field } from "../design/Field.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { Problem } from "../design/Problem.tsx";
import { Switch } from "../design/Switch.tsx";
import { useNow } from "../design/use-now.ts";
import { dayAndTime } from "../i18n/dates.ts";
import { namesOf } from "../i18n/lists.ts";
import { formatLocale, t } from "../i18n/messages.ts";
import { timeLeft } from "../i18n/spans.ts";
import { useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { useAnnotate } from "./annotate.ts";
import type { CreateProps, ViewProps } from "./kinds.tsx";
import { useCreate } from "./use-create.ts";

export function View({ message, view: poll }: ViewProps<"poll">) {
  const channel = useAppState((s) => s.channels[message.channel]);
  const now = useNow();
  const vote = useAnnotate(message, "vote");
  const closed = poll.closed || (poll.closes > 0 && poll.closes <= now);
  const why = closed ? t("poll.closed") : channel ? whyNot(channel, "react") : null;
  const shown = !poll.hidden || closed;

  const press = (index: number) => {
    if (why || vote.busy) return;
    const others = poll.own.filter((own) => own !== index);
    const chosen = poll.own.includes(index) ? others : poll.many ? [...others, index] : [index];
    void vote.start({ choices: chosen.sort((a, b) => a - b) });
  };
  return (
    <section
      aria-label={t("poll.label", { question: poll.question })}
      className="mt-1 max-w-128 rounded-m border border-line bg-surface p-3"
    >
      <p className="font-bold wrap-anywhere" dir="auto">
        {poll.question}
      </p>
      <p className="text-12 text-quiet">
        {t(closed ? "poll.closed" : poll.many ? "poll.many" : "poll.one")}
      </p>
      <div role="group" aria-label={poll.question} className="mt-2 space-y-1">
        {poll.options.map((option, index) => (
          <Option
            key={index}
            poll={poll}
            index={index}
            shown={shown}
            off={why !== null}
            onPress={() => press(index)}
          />
        ))}
      </div>
      <p className="mt-2 text-12 text-quiet">
        {[
          t("poll.voters", { count: poll.voters }),
          ...(!closed && poll.closes > 0
            ? [t("poll.closes", { left: timeLeft(poll.closes, now), when: dayAndTime(poll.closes) })]
            : []),
          ...(poll.hidden && !closed ? [t("poll.hidden")] : []),
          ...(why && !closed ? [why] : []),
        ].join(" · ")}
      </p>
      <Problem text={vote.problem} />
    </section>
  );
}

interface OptionProps {
  poll: PollView;
  index: number;
  /** Whether results are. */
  shown: boolean;
  off: boolean;
  onPress(): void;
}

/** A toggle even where one can be chosen: pressed again it takes the vote back, and moving to it with the arrow keys votes for nothing. */
function Option({ poll, index, shown, off, onPress }: OptionProps) {
  const { text, votes, people } = poll.options[index]!;
  const own = poll.own.includes(index);
  const share = shown && poll.voters > 0 ? votes / poll.voters : 0;
  const who = shown ? namesOf(people, votes) : "";
  return (
    <button
      type="button"
      aria-pressed={own}
      aria-disabled={off || undefined}
      title={who || undefined}
      onClick={onPress}
      className="block min-h-9 w-full rounded-s border border-line px-2.5 py-1.5 text-start hover:not-aria-disabled:bg-hover aria-pressed:border-accent pointer-coarse:min-h-11"
    >
      <span className="flex items-center gap-2">
        <span
          aria-hidden="true"
          className={`grid size-4 shrink-0 place-items-center border border-control ${poll.many ? "rounded-[4px]" : "rounded-full"} ${own ? "border-accent bg-accent text-on-accent" : ""}`}
        >
          {own && <Check className="size-3" />}
        </span>
        <span className="min-w-0 flex-1 wrap-anywhere" dir="auto">
          {text}
        </span>
        {shown && (
          <span className="text-13 text-quiet tabular-nums">
            {new Intl.NumberFormat(formatLocale(), { style: "percent" }).format(share)}
          </span>
        )}
      </span>
      {shown && (
        <>
          <span aria-hidden="true" className="mt-1.5 block h-1.5 rounded-full bg-sunken">
            <span
              className="block h-full rounded-full bg-accent"
              style={{ width: `${share * 100}%` }}
            />
          </span>
          <span className="mt-1 block truncate text-12 text-quiet">
            {t("poll.votes", { count: votes })}
            {who && `: ${who}`}
          </span>
        </>
      )}
    </button>
  );
}

const closings = {
  never: 0,
  hour: 3_600_000,
  day: 86_400_000,
  threeDays: 3 * 86_400_000,
  week: 7 * 86_400_000,
} as const;
type Closing = keyof typeof closings;
const closingNames = Object.keys(closings) as Closing[];

const mostOptions = 20;

export function Create({ channel, onClose }: CreateProps) {
  const [question, setQuestion] = useState("");
  const [options, setOptions] = useState(["", ""]);
  const [many, setMany] = useState(false);
  const [hidden, setHidden] = useState(false);
  const [closing, setClosing] = useState<Closing>("never");
  const create = useCreate(channel, "poll", onClose);
  const given = options.map((option) => option.trim()).filter(Boolean);
  const twice = new Set(given).size < given.length;
  const ready = question.trim() !== "" && given.length >= 2 && !twice;
  return (
    <FormDialog
      title={t("poll.create")}
      submit={t("poll.start")}
      ready={ready}
      busy={create.busy}
      problem={create.problem}
      onSubmit={() => {
        const never = closing === "never";
        const closes = never ? 0 : Date.now() + closings[closing];
        // Of one that never closes nobody would ever see the results.
        void create.start({ question: question.trim(), options: given, many, hidden: hidden && !never, closes });
      }}
      onClose={onClose}
    >
      <Field
        label={t("poll.question")}
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
        maxLength={300}
        autoComplete="off"
        autoFocus
      />
      <fieldset className="mt-4 min-w-0 space-y-2">
        <legend className="mb-1 text-13 font-medium">{t("poll.options")}</legend>
        {options.map((option, index) => (
          <div key={index} className="flex items-center gap-1">
            <input
              aria-label={t("poll.option", { number: index + 1 })}
              dir="auto"
              value={option}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setOptions(options.with(index, event.target.value))}
              className="min-h-10 min-w-0 flex-1 rounded-s border border-control bg-surface px-3 pointer-coarse:min-h-11"
            />
            {options.length > 2 && (
              <IconButton
                label={t("poll.optionRemove", { number: index + 1 })}
                icon={<X />}
                onClick={() => setOptions(options.toSpliced(index, 1))}
              />
            )}
          </div>
        ))}
        {twice && <Problem text={t("poll.twice")} />}
        {options.length < mostOptions && (
          <Button kind="quiet" className="-ms-4" onClick={() => setOptions([...options, ""])}>
            <Plus aria-hidden="true" className="size-4" />
            {t("poll.optionAdd")}
          </Button>
        )}
      </fieldset>
      <Choice<Closing>
        label={t("poll.closing")}
        className="mt-4"
        value={closing}
        onChoose={(chosen) => setClosing(chosen)}
        options={closingNames.map((value) => ({
          value,
          label: t(`poll.closing.${value}`),
        }))}
      />
      <div className="mt-3">
        <Switch label={t("poll.manyChoice")} checked={many} onChange={setMany} />
        <Switch
          label={t("poll.hiddenChoice")}
          about={t("poll.hiddenAbout")}
          checked={hidden && closing !== "never"}
          why={closing === "never" ? t("poll.hiddenNever") : null}
          onChange={setHidden}
        />
      </div>
    </FormDialog>
  );
}
