/** A view with too much on it, as several views. Pure. */
import type { Drawing, DrawingWarning, ProposedPart } from "../../bindings/contract";

/** What of a drawing is too much or too small. */
export type TooMuch = Extract<DrawingWarning, { parts: ProposedPart[] }>;

/** What of a drawing is too much or too small; undefined where nothing is. */
export function tooMuch(drawing: Pick<Drawing, "warnings">): TooMuch | undefined {
  return drawing.warnings.find((each): each is TooMuch => "parts" in each);
}

/** The views that the core proposes in place of a drawing; none where nothing is too much. */
export function partsOf(drawing: Pick<Drawing, "warnings">): ProposedPart[] {
  const parts = tooMuch(drawing)?.parts ?? [];
  return parts.length > 1 ? parts : [];
}
