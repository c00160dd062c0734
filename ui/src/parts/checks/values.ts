/** Measured values as people read them. */
import type { Measurement, Proposal } from "../../bindings/contract";
import { number } from "../../i18n/text.svelte";
import { measuredText } from "../evidence";
import type { CheckItem } from "./checks";

/** Two digits behind the mark for small numbers, none for large ones. */
export const digitsFor = (value: number): number => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 4);

const shown = (value: number): string => number(value, digitsFor(value));

/** Units whose number says more than the text beside it, which then only explains. */
const NUMERIC = new Set(["ms", "s", "ratio", "1/s", "bytes", "factor"]);

/** A measurement's value with its unit. */
export function measured(measurement: Pick<Measurement, "value" | "unit" | "text">): string {
  const { value, unit, text } = measurement;
  if (unit === "factor") return [`${shown(value)} ×`, text && `(${text})`].filter(Boolean).join(" ");
  if (text !== "" && NUMERIC.has(unit)) return `${measuredText({ value, unit, text: "" }, shown)} (${text})`;
  return measuredText(measurement, shown);
}

/** A value with its unit; empty without one. */
export function valueText(value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? "" : measured({ value, unit, text: "" });
}

/** The value that decides the proposal. */
export function proposedValue(item: CheckItem): string {
  const proposal: Proposal | null | undefined = item.answer?.proposal;
  return proposal ? valueText(proposal.value, proposal.unit) : "";
}
