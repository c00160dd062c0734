import type { Exposure, Rating, Risk, RiskBand } from "../../bindings/contract";
import { bandOf } from "../../shared/charts";

export const CATEGORIES = ["availability", "performance", "scalability", "data_integrity", "security", "compliance", "operational", "delivery", "people", "financial"] as const;
export const TREATMENTS = ["mitigate", "accept", "avoid", "transfer"] as const;
export const EXPOSURES = ["inherent", "current", "residual"] as const;
export type Which = (typeof EXPOSURES)[number];

export const scoreOf = (exposure: Exposure | null): number | null => (exposure ? exposure.likelihood * exposure.impact : null);
export const bandOfExposure = (exposure: Exposure | null): RiskBand | null => (exposure ? bandOf(exposure.likelihood, exposure.impact) : null);

/** Rows from the top: likelihood 5 down to 1; in each, impact 1 to 5. */
export const LIKELIHOODS = [5, 4, 3, 2, 1] as const;
export const IMPACTS = [1, 2, 3, 4, 5] as const;

/** The risks of each cell, by `likelihood/impact`, in their order. */
export function cells(risks: readonly Risk[], which: Which): Map<string, Risk[]> {
  const found = new Map<string, Risk[]>();
  for (const risk of risks) {
    const exposure = risk[which];
    if (!exposure) continue;
    const key = `${exposure.likelihood}/${exposure.impact}`;
    found.set(key, [...(found.get(key) ?? []), risk]);
  }
  return found;
}

const STEPS: Record<string, readonly [number, number]> = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
/** A rating, whatever number was reckoned. */
export const clamp = (value: number): Rating => Math.min(5, Math.max(1, value)) as Rating;

/** Where an arrow key moves an exposure; an unrated risk starts in the middle. Undefined for other keys. */
export function stepped(exposure: Exposure | null, key: string): Exposure | undefined {
  const step = STEPS[key];
  if (!step) return undefined;
  if (!exposure) return { likelihood: 3, impact: 3 };
  return { likelihood: clamp(exposure.likelihood + step[0]), impact: clamp(exposure.impact + step[1]) };
}

/** What contradicts itself in the three exposures. */
export function contradictions(risk: Pick<Risk, Which>): ("currentAbove" | "grows")[] {
  const [inherent, current, residual] = EXPOSURES.map((which) => scoreOf(risk[which]));
  const found: ("currentAbove" | "grows")[] = [];
  if (inherent != null && current != null && current > inherent) found.push("currentAbove");
  if (current != null && residual != null && residual > current) found.push("grows");
  return found;
}
