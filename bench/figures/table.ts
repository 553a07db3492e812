/** Figures as text for a terminal. */
import { type Figure, type Target, isMet } from "./figure.ts";

export function table(figures: readonly Figure[]): string {
  const head = ["", "median", "unit", "target", "", "runs"];
  const rows = figures.map((figure) => [
    figure.name,
    short(figure.value),
    figure.unit,
    figure.target === null ? "" : targetText(figure.target),
    verdict(isMet(figure)),
    figure.runs.length < 2 ? "" : figure.runs.map(short).join(" "),
  ]);
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}

function targetText({ bound, limit }: Target): string {
  return `${bound === "at most" ? "≤" : "≥"} ${short(limit)}`;
}

function verdict(met: boolean | null): string {
  if (met === null) return "";
  return met ? "ok" : "MISSED";
}

/** Three digits are as much as such figures are good for. */
export function short(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100)
    return Math.round(value).toLocaleString("en");
  return value.toPrecision(3);
}
