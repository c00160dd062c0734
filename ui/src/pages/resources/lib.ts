/** Numbers of the resources page; nothing here knows a component. */
import type { DemandMonth, MoneyRange, RoleDemand } from "../../bindings/contract";

/** How much of what is there is needed: nothing, some, nearly all (from 90 %), more than all. */
export type Load = "none" | "some" | "full" | "over";

export function loadOf(month: Pick<DemandMonth, "demand_days" | "capacity_days">): Load {
  if (month.demand_days <= 0.005) return "none";
  // A hundredth of a day is rounding, not an overload.
  if (month.demand_days > month.capacity_days + 0.01) return "over";
  return month.demand_days >= month.capacity_days * 0.9 ? "full" : "some";
}

/** Sums over the roles, month by month. */
export function monthTotals(demand: readonly RoleDemand[]): DemandMonth[] {
  const length = Math.max(0, ...demand.map((role) => role.months.length));
  const sum = (month: number, pick: keyof DemandMonth): number => Math.round(demand.reduce((total, role) => total + (role.months[month]?.[pick] ?? 0), 0) * 1000) / 1000;
  return Array.from({ length }, (_, month) => ({
    demand_days: sum(month, "demand_days"),
    capacity_days: sum(month, "capacity_days"),
    demand_fte: sum(month, "demand_fte"),
    capacity_fte: sum(month, "capacity_fte"),
  }));
}

/** A range on an axis from 0 to `max`, as shares of its length. */
export function shares(range: MoneyRange, max: number): { from: number; likely: number; to: number } {
  const share = (amount: number): number => (max <= 0 ? 0 : Math.min(1, Math.max(0, amount / max)));
  return { from: share(range.low), likely: share(range.likely), to: share(range.high) };
}

export function isNothing(range: MoneyRange): boolean {
  return range.low === 0 && range.likely === 0 && range.high === 0;
}

/** Phases ticked or not, in the order of their numbers. */
export function toggled(numbers: readonly number[], number: number): number[] {
  return (numbers.includes(number) ? numbers.filter((each) => each !== number) : [...numbers, number]).sort((a, b) => a - b);
}
