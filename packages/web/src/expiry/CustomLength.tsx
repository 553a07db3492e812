import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { t } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";
import { units, type Unit } from "./lengths.ts";

const names = Object.keys(units) as Unit[];

/** A time that is not in the list. */
export function CustomLength({
  bounds,
  onChoose,
  onClose,
}: {
  bounds: { least: number; most: number };
  onChoose(seconds: number): void;
  onClose(): void;
}) {
  const [number, setNumber] = useState("2");
  const [unit, setUnit] = useState<Unit>("days");
  const seconds = Number(number) * units[unit];
  const fits = Number.isInteger(seconds) && seconds >= bounds.least && seconds <= bounds.most;
  return (
    <Dialog title={t("retention.customTitle")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (!fits) return;
          onClose();
          onChoose(seconds);
        }}
      >
        <div className="grid grid-cols-2 gap-3">
          <Field
            label={t("retention.number")}
            type="number"
            inputMode="numeric"
            min={1}
            step={1}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            problem={
              fits
                ? null
                : t("retention.bounds", {
                    least: spanText(bounds.least),
                    most: spanText(bounds.most),
                  })
            }
            autoFocus
          />
          <Choice
            label={t("retention.unit")}
            value={unit}
            onChoose={(chosen) => setUnit(chosen)}
            options={names.map((name) => ({ value: name, label: t(`retention.unit.${name}`) }))}
          />
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!fits}>
            {t("retention.use")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
