/** Where each field of the engagement is edited on its page. */
export const TABS = ["basics", "access", "scope", "summary", "architecture", "plan", "document", "packs"] as const;
export type EngagementTab = (typeof TABS)[number];

/** The Markdown fields of the parts that are all prose, with the lines they show at least. */
export const PROSE: Partial<Record<EngagementTab, readonly { field: string; rows: number }[]>> = {
  scope: [
    { field: "scope", rows: 5 },
    { field: "out_of_scope", rows: 3 },
    { field: "method", rows: 4 },
    { field: "limits", rows: 3 },
  ],
  summary: [
    { field: "verdict", rows: 3 },
    { field: "summary", rows: 8 },
    { field: "ask", rows: 4 },
    { field: "current_state", rows: 2 },
    { field: "target_state", rows: 2 },
  ],
  architecture: [
    { field: "architecture", rows: 8 },
    { field: "target_architecture", rows: 6 },
    { field: "code_metrics", rows: 5 },
  ],
};

const PLACES: Record<Exclude<EngagementTab, "packs">, readonly string[]> = {
  basics: ["reference", "client", "system", "system_description", "primary_language", "architecture_style", "auditors", "firm", "sponsor", "starts", "ends", "report_date", "priority", "modernisation_effort"],
  access: ["access", "access_notes", "nda", "classification"],
  scope: ["scope", "out_of_scope", "method", "limits"],
  summary: ["verdict", "summary", "ask", "current_state", "target_state"],
  architecture: ["architecture", "target_architecture", "code_metrics"],
  plan: ["roadmap_start", "holidays", "contingency_percent", "assumptions"],
  document: ["language", "currency", "brand", "template", "version", "versions", "distribution", "reviewers", "glossary", "words"],
};

/** The part that edits a field; nothing for a field that is edited elsewhere. */
export function tabOf(field: string): EngagementTab | undefined {
  return (Object.keys(PLACES) as (keyof typeof PLACES)[]).find((tab) => PLACES[tab].includes(field));
}

/** Days in order, each once. */
export function withDay(days: readonly string[], day: string): string[] {
  return [...new Set([...days, day])].sort();
}

/** What people write as a currency: the ISO 4217 codes seen most. The field takes any other. */
export const CURRENCIES = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY", "INR"];
