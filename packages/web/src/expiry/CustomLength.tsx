import { useState } from "react";
import { Choice } from "../design/Choice.tsx";
import { Field } from "../design/Field.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
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
    <FormDialog
      title={t("retention.customTitle")}
      submit={t("retention.use")}
      ready={fits}
      onSubmit={() => {
        onClose();
        onChoose(seconds);
      }}
      onClose={onClose}
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
    </FormDialog>
  );
}
