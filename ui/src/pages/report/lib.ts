/** Order of sections, names of files, places of problems. */
import type { Engagement, Entry, Problem, SectionChoice } from "../../bindings/contract";
import type { Route } from "../../state/route";

/** Sections as they are printed: the choices first in their order, the template's others behind the one before them. As the report does it. */
export function sectionOrder(template: readonly string[], choices: readonly SectionChoice[]): SectionChoice[] {
  const order: SectionChoice[] = [];
  for (const choice of choices) {
    if (template.includes(choice.id) && !order.some((each) => each.id === choice.id)) order.push({ ...choice });
  }
  template.forEach((id, index) => {
    if (order.some((each) => each.id === id)) return;
    const before = template
      .slice(0, index)
      .reverse()
      .map((earlier) => order.findIndex((each) => each.id === earlier))
      .find((place) => place >= 0);
    order.splice(before === undefined ? 0 : before + 1, 0, { id, off: false });
  });
  return order;
}

/** By what the choices for the report's template are kept. */
export function templateKey(engagement: Pick<Engagement, "template">): string {
  return engagement.template || "audit-report";
}

/** The choices of all templates with those of one replaced. What it does not have just now, as a template of one's own that is being written, stays behind; an empty order forgets all. */
export function chosen(all: Engagement["sections"], key: string, order: readonly SectionChoice[], template: readonly string[]): Engagement["sections"] {
  const rest = Object.fromEntries(Object.entries(all).filter(([other]) => other !== key));
  if (order.length === 0) return rest;
  const absent = (all[key] ?? []).filter((each) => !template.includes(each.id));
  return { ...rest, [key]: [...order, ...absent] };
}

const FILLED_AT: Record<string, Route> = {
  control: { page: "report", kind: "engagement", field: "versions" },
  intake: { page: "intake" },
  scope: { page: "engagement" },
  architecture: { page: "report", kind: "diagrams" },
  scorecard: { page: "engagement" },
  maturity: { page: "maturity" },
  "findings-overview": { page: "findings" },
  findings: { page: "findings" },
  "root-causes": { page: "findings" },
  retest: { page: "evidence" },
  risks: { page: "risks" },
  initiatives: { page: "roadmap" },
  roadmap: { page: "roadmap" },
  resources: { page: "resources" },
  budget: { page: "resources" },
  goals: { page: "metrics" },
  "appendix-scoring": { page: "checklist" },
  "appendix-performance": { page: "evidence" },
  "appendix-code": { page: "evidence" },
  "appendix-interviews": { page: "notes" },
  "appendix-evidence": { page: "evidence" },
  "appendix-exhibits": { page: "evidence", kind: "exhibits" },
};

/** Where what a section prints is written; null when it is always there. */
export function fillPlace(section: string): Route | null {
  return FILLED_AT[section] ?? null;
}

/** A section moved behind another; `after` null is the first place. */
export function moved(order: readonly SectionChoice[], id: string, after: string | null): SectionChoice[] {
  const section = order.find((each) => each.id === id);
  if (!section || after === id) return [...order];
  const rest = order.filter((each) => each.id !== id);
  const at = after === null ? 0 : rest.findIndex((each) => each.id === after) + 1;
  return [...rest.slice(0, at), section, ...rest.slice(at)];
}

/** Section ids of a template, as the core tells them. */
export function sectionsOf(entries: readonly Entry[], template: string): string[] {
  const entry = entries.find((each) => each.id === template);
  return entry ? entry.detail.split(/\s+/).filter(Boolean) : [];
}

/** What there is to choose from, by its title. */
export function choicesOf(entries: readonly Entry[]): { value: string; label: string }[] {
  return entries.map((entry) => ({ value: entry.id, label: entry.title }));
}

/** A name that every file system takes. */
export function fileName(parts: readonly string[], ending: string, fallback: string): string {
  const name = parts
    .map((part) => part.normalize("NFC").replace(/[^\p{L}\p{N}.]+/gu, "-").replace(/^[-.]+|[-.]+$/g, ""))
    .filter(Boolean)
    .join("_")
    .slice(0, 120);
  return `${name || fallback}${ending}`;
}

/** Bytes as people read them: powers of ten, one decimal. */
export function fileSize(bytes: number): { value: number; unit: "B" | "KB" | "MB" } {
  if (bytes < 1000) return { value: bytes, unit: "B" };
  if (bytes < 1_000_000) return { value: Math.round(bytes / 100) / 10, unit: "KB" };
  return { value: Math.round(bytes / 100_000) / 10, unit: "MB" };
}

/** Problems by kind of object, those with errors first, each in the order of the core. */
export function grouped(problems: readonly Problem[]): { kind: Problem["kind"]; problems: Problem[]; errors: number }[] {
  const groups = new Map<Problem["kind"], Problem[]>();
  for (const problem of problems) groups.set(problem.kind, [...(groups.get(problem.kind) ?? []), problem]);
  return [...groups]
    .map(([kind, some]) => ({ kind, problems: some, errors: some.filter((each) => each.weight === "error").length }))
    .sort((a, b) => Number(b.errors > 0) - Number(a.errors > 0));
}
