import type { Kind } from "../bindings/contract";

/** The pages of the window. */
export const PAGES = [
  "overview",
  "engagement",
  "intake",
  "evidence",
  "checklist",
  "maturity",
  "architecture",
  "findings",
  "risks",
  "roadmap",
  "resources",
  "metrics",
  "notes",
  "report",
  "history",
] as const;
export type PageId = (typeof PAGES)[number];

/** A place in the window: a page, an object on it, a field of the object, a place in the field. */
export interface Route {
  page: PageId;
  /** Kind of `id`, where a page shows several kinds. */
  kind?: Kind;
  id?: string;
  field?: string;
  /** UTF-16 units into the field. */
  offset?: number;
}

/** Where objects of a kind are edited. */
export const PAGE_OF_KIND: Record<Kind, PageId> = {
  engagement: "engagement",
  intake: "intake",
  symptoms: "intake",
  packs: "engagement",
  answers: "checklist",
  assessments: "maturity",
  artifacts: "evidence",
  decisions: "evidence",
  findings: "findings",
  evidence_links: "findings",
  images: "evidence",
  diagrams: "report",
  risks: "risks",
  themes: "roadmap",
  initiatives: "roadmap",
  phases: "roadmap",
  milestones: "roadmap",
  roles: "resources",
  resources: "resources",
  budget: "resources",
  trainings: "resources",
  metrics: "metrics",
  key_results: "metrics",
  notes: "notes",
  brands: "report",
  architectures: "architecture",
  templates: "report",
  exhibits: "evidence",
  mappings: "evidence",
  severities: "evidence",
};

/** Fields of the engagement that are edited on the report page. */
const REPORT_FIELDS = new Set(["brand", "template", "sections", "versions", "glossary", "version"]);

/** The route to an object, or to a field of it. */
export function routeTo(kind: Kind, id?: string, field?: string, offset?: number): Route {
  const page = kind === "engagement" && field !== undefined && REPORT_FIELDS.has(field) ? "report" : PAGE_OF_KIND[kind];
  const route: Route = { page, kind };
  if (id) route.id = id;
  if (field) route.field = field;
  if (offset !== undefined) route.offset = offset;
  return route;
}

/** Where a problem of `check` is mended: what is told of the engagement as a whole may belong to a page. */
export function placeOf(problem: { kind: Kind; id: string; field: string; object: string }): Route {
  if (problem.kind === "engagement" && (problem.object === "checklist" || problem.object === "roadmap" || problem.object === "resources")) return { page: problem.object };
  return routeTo(problem.kind, problem.id, problem.field || undefined);
}

export function sameRoute(a: Route, b: Route): boolean {
  return a.page === b.page && a.kind === b.kind && a.id === b.id && a.field === b.field && a.offset === b.offset;
}

/** The route as it stands in the address, for reloading: ids only, no text of a client. */
export function toHash(route: Route): string {
  const parts = [route.page, route.kind ?? "", route.id ?? "", route.field ?? ""];
  while (parts.at(-1) === "") parts.pop();
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

export function fromHash(hash: string): Route | null {
  const [page, kind, id, field] = hash.replace(/^#\//, "").split("/").map(decodeURIComponent);
  if (!(PAGES as readonly string[]).includes(page ?? "")) return null;
  const route: Route = { page: page as PageId };
  if (kind && kind in PAGE_OF_KIND) route.kind = kind as Kind;
  if (id) route.id = id;
  if (field) route.field = field;
  return route;
}
