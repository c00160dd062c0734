/** Values of fields as people read them. */
import type { JsonValue, Kind } from "../../bindings/contract";
import { date, fieldLabel, language, money, number, term, type Text, text } from "../../i18n/text.svelte";
import { candidateName } from "../../parts/names";
import { labelOf } from "../../shared/labels";
import { asked, engagement, object } from "../../state";

const MONEY = new Set(["day_rate", "budget_cap", "cost", "once", "yearly", "build_cost", "run_cost"]);
const TERMS: Record<string, keyof Text["terms"]> = {
  severity: "severity", verdict: "verdict", status: "status", editorial: "editorial", life: "life", operation: "operation", priority: "priority",
  access: "access", triage: "triage", horizon: "horizon", treatment: "treatment", category: "riskCategory", employment: "employment", quality: "quality",
  confidence: "confidence", outcome: "decision", target_kind: "evidenceTarget",
};
/** Kinds that an id in a field may name. */
const LINKED: Record<string, Kind> = {
  findings: "findings", finding: "findings", risks: "risks", initiatives: "initiatives", theme: "themes", phase: "phases", role: "roles", on: "initiatives",
  metrics: "metrics", image: "images", on_initiative: "initiatives",
};
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function one(field: string, value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? text.history.yes : text.history.no;
  if (typeof value === "number") return MONEY.has(field) ? money(value, engagement()?.currency ?? "EUR") : number(value, 3);
  if (ID.test(value)) {
    const kind = LINKED[field];
    const found = kind ? object(kind, value) : undefined;
    return kind && found ? labelOf(kind, found) : `… ${value.slice(-6)}`;
  }
  if (field === "candidate") return candidateName(asked("pack", { language: language() }, ["packs"]).value ?? [], value);
  const group = TERMS[field];
  if (group) return term(group, value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return date(value);
  return value;
}

/** The value in words; members of a list stand one a line. */
export function valueText(kind: Kind, field: string, value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === "") return "";
  if (Array.isArray(value)) return value.map((each) => valueText(kind, field, each)).join("\n");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([key, each]) => [key, valueText(kind, typeof each === "number" && MONEY.has(field) ? field : key, each)] as const)
      .filter(([, shown]) => shown !== "")
      .map(([key, shown]) => `${(text.shared as Record<string, unknown>)[key] && typeof (text.shared as Record<string, unknown>)[key] === "string" ? String((text.shared as Record<string, unknown>)[key]) : fieldLabel(kind, key)}: ${shown}`)
      .join(" · ");
  }
  return one(field, value);
}
