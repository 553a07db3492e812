/** What is to go with the message: small pictures or names, how far each is, and what of it is left out. */
import type { Id } from "@multichat/client/contract";
import { safeFileName } from "@multichat/client";
import { File, Film, MapPinOff, Mic, Music, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { Switch } from "../design/Switch.tsx";
import { t } from "../i18n/messages.ts";
import { lengthText } from "../i18n/lengths.ts";
import { fileSize } from "../i18n/sizes.ts";
import { useApp } from "../state/context.tsx";
import { describe, retryStaged, setKeepData, unstage, type Staged } from "../state/staging.ts";
import { ProgressBar } from "./ProgressBar.tsx";

export interface Props {
  place: Id;
  staged: readonly Staged[];
  once: boolean;
  onOnce(once: boolean): void;
}

export function StagedFiles({ place, staged, once, onOnce }: Props) {
  const [only] = staged;
  const mayBeOnce = staged.length === 1 && /^(?:image|video|audio)\//u.test(only!.type);
  return (
    <div className="border-b border-line">
      <ul
        aria-label={t("staged.label")}
        className="flex max-h-60 flex-wrap gap-2 overflow-y-auto p-2"
      >
        {staged.map((one) => (
          <StagedFile key={one.key} place={place} staged={one} />
        ))}
      </ul>
      {mayBeOnce && (
        <div className="px-2.5 pb-1">
          <Switch
            label={t("once.switch")}
            about={t("once.about")}
            checked={once}
            onChange={onOnce}
          />
        </div>
      )}
    </div>
  );
}

function StagedFile({ place, staged }: { place: Id; staged: Staged }) {
  const app = useApp();
  const { key, step } = staged;
  const name = staged.voice ? t("voice.message") : safeFileName(staged.name);
  return (
    <li className="w-72 max-w-full max-two:w-full rounded-m border border-line bg-sunken p-2">
      <div className="flex items-center gap-2.5">
        <Preview staged={staged} />
        <div className="min-w-0 flex-1">
          <p className="truncate text-13 font-medium" title={name}>
            <bdi>{name}</bdi>
          </p>
          <p className="text-12 text-quiet tabular-nums">
            {staged.voice ? lengthText(staged.voice.duration ?? 0) : fileSize(staged.size)}
            {step.at === "preparing" && ` · ${t("staged.preparing")}`}
          </p>
          {step.at === "sending" && (
            <ProgressBar label={t("staged.progress", { name })} value={step.sent} of={step.of} />
          )}
        </div>
        <IconButton
          label={t(step.at === "sending" ? "staged.cancel" : "staged.remove", { name })}
          icon={<X />}
          onClick={() => unstage(app, place, key)}
        />
      </div>
      {step.at === "failed" && (
        <div className="mt-1.5 flex flex-wrap items-center gap-2">
          <p role="alert" className="min-w-0 flex-1 text-13 text-bad-text">
            {step.problem}
          </p>
          {!step.final && (
            <Button onClick={() => retryStaged(app, place, key)}>{t("retry")}</Button>
          )}
        </div>
      )}
      {staged.type.startsWith("image/") && <Description place={place} staged={staged} />}
      <CameraData place={place} staged={staged} />
    </li>
  );
}

/** As the format has it. */
const longestAlt = 1_000;

/** Read out to those who do not see the picture. */
function Description({ place, staged: { key, alt, name } }: { place: Id; staged: Staged }) {
  const app = useApp();
  return (
    <input
      dir="auto"
      aria-label={t("staged.alt", { name: safeFileName(name) })}
      placeholder={t("staged.altHint")}
      maxLength={longestAlt}
      value={alt}
      onChange={(event) => describe(app, place, key, event.target.value)}
      // The message is sent from where it is written.
      onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      className="mt-1.5 min-h-8 w-full rounded-s border border-control bg-surface px-2 text-13 pointer-coarse:min-h-11"
    />
  );
}

/** What a picture says of where and with what it was taken does not go along, unless that is wished. */
function CameraData({
  place,
  staged: { key, data, keepData, file },
}: {
  place: Id;
  staged: Staged;
}) {
  const app = useApp();
  if (data === "stays")
    return <p className="mt-1.5 text-12 text-warn-text">{t("staged.dataStays")}</p>;
  if (data !== "removed" && data !== "kept") return null;
  return (
    <div className="mt-1 text-13">
      {data === "removed" && (
        <p className="flex items-center gap-1.5 text-12 text-quiet">
          <MapPinOff aria-hidden="true" className="size-3.5 shrink-0" />
          {t("staged.dataRemoved")}
        </p>
      )}
      {file && (
        <Switch
          label={t("staged.keepData")}
          checked={keepData}
          onChange={(keep) => setKeepData(app, place, key, keep)}
        />
      )}
    </div>
  );
}

function Preview({ staged: { preview, type, voice } }: { staged: Staged }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (preview && preview !== broken)
    return (
      <img
        src={preview}
        alt=""
        onError={() => setBroken(preview)}
        className="size-12 shrink-0 rounded-s object-cover"
      />
    );
  const Icon = voice
    ? Mic
    : type.startsWith("video/")
      ? Film
      : type.startsWith("audio/")
        ? Music
        : File;
  return (
    <span
      aria-hidden="true"
      className="grid size-12 shrink-0 place-items-center rounded-s bg-pressed text-quiet"
    >
      <Icon className="size-5" />
    </span>
  );
}
