/** The plan's reasons in the language of the window; the core's own sentences are English. */
import type { Criterion, Id, Limit, Overload, PlanNote, PriorityScore, StartReason, UnscheduledReason } from "../bindings/contract";
import { date, fieldLabel, number, term, text } from "../i18n/text.svelte";
import { labelOf } from "../shared/labels";
import { object } from "../state";

/** An initiative as people name it. */
export function initiativeName(id: Id): string {
  const found = object("initiatives", id);
  return found ? labelOf("initiatives", found) : "–";
}

export function phaseName(id: Id | null): string {
  const found = object("phases", id);
  return found ? `${found.number} ${found.name}` : text.roadmap.noPhase;
}

export function startWords(why: StartReason): string {
  const words = text.roadmap.start;
  switch (why.code) {
    case "roadmap_start":
      return words.roadmap_start;
    case "phase_start":
      return words.phase_start(phaseName(why.phase));
    case "earliest_start":
      return words.earliest_start(date(why.date));
    case "waits_for":
      return words.waits_for(why.label, why.lag_days);
    case "waits_for_role":
      return words.waits_for_role(why.name, why.labels.join(", "));
    case "no_capacity_before":
      return words.no_capacity_before(why.name, date(why.date));
  }
}

/** The date that a piece of work is measured against, and how far it is from it. */
export function limitWords({ kind, date: day, margin_days, late }: Limit): { what: string; how: string } {
  const words = text.roadmap.limit;
  const what =
    kind.code === "phase_end" ? words.phase_end(phaseName(kind.phase)) : kind.code === "deadline" ? words.deadline : words.milestone(object("milestones", kind.milestone)?.name ?? "");
  const days = number(Math.abs(margin_days), 1);
  return { what, how: late ? words.missed(days, date(day)) : words.margin(days, date(day)) };
}

export function unscheduledWords(reason: UnscheduledReason): string {
  const words = text.roadmap.notScheduled;
  return reason.code === "waits_for_unscheduled" ? words.waits_for_unscheduled(reason.label) : words[reason.code];
}

export function criterionWords({ reason, met }: Criterion): string {
  const words = text.roadmap.criterion;
  switch (reason.code) {
    case "effort_days":
      return words.effort_days(number(reason.days, 1), number(reason.limit, 1), met);
    case "impact":
      return words.impact(reason.impact, reason.limit, met);
    case "waits_for":
      return words.waits_for(reason.labels.join(", "));
    case "roles":
      return words.roles(reason.count);
    default:
      return words[reason.code];
  }
}

export function lackWords(score: PriorityScore): string[] {
  const views = text.roadmap.viewNames;
  return score.lacks.map((lack) => text.roadmap.lack(fieldLabel("initiatives", lack.input), lack.views.map((view) => views[view]).join(", ")));
}

export function noteWords({ kind, initiative }: PlanNote): string {
  const words = text.roadmap.note;
  const told = (): string => {
    switch (kind.code) {
      case "amount_out_of_order":
        return words.amount_out_of_order(kind.of === "build_cost" || kind.of === "run_cost" ? fieldLabel("initiatives", kind.of) : kind.of);
      case "shares_do_not_sum_to_one":
        return words.shares_do_not_sum_to_one(number(kind.sum * 100, 1));
      case "no_day_rate":
        return `${object("roles", kind.role)?.name ?? ""}: ${words.no_day_rate(number(kind.person_days, 1))}`;
      case "useless_resource":
        return `${object("resources", kind.line)?.name ?? ""} ${words.useless_resource}`.trim();
      case "start_from_phase":
        return words.start_from_phase(date(kind.date));
      case "horizon_mismatch":
        return words.horizon_mismatch(term("horizon", kind.declared), term("horizon", kind.scheduled));
      default:
        return words[kind.code];
    }
  };
  return initiative ? `${initiativeName(initiative)}: ${told()}` : told();
}

export function overloadWords(overload: Overload): string {
  const words = text.resources.overload;
  const when = text.roadmap.fromTo(date(overload.from), date(overload.to));
  const { cause } = overload;
  if (cause.code === "no_capacity") return words.no_capacity(overload.name, number(overload.demand_fte), when);
  if (cause.code === "missed") {
    const { what } = limitWords({ kind: cause.limit, date: overload.to, margin_days: 0, late: true });
    return words.missed(overload.name, number(overload.demand_fte), number(overload.capacity_fte), when, what);
  }
  return words.too_little_capacity(overload.name, number(overload.demand_fte), number(overload.capacity_fte), when);
}
