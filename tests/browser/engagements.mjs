// The engagements that the window is looked at with: the sample, a new one, and one that is too large for any of its lists.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { groma } from "./harness.mjs";

/** Makes the sample from raw tool outputs. */
export function makeSample(folder) {
  const path = join(folder, "sample.groma");
  execFileSync(groma, ["sample", path], { stdio: "pipe" });
  return path;
}

/** Makes an engagement in which nothing was written yet. */
export function makeEmpty(folder) {
  const path = join(folder, "empty.groma");
  execFileSync(groma, ["new", path, "--client", "Northwind Trading", "--system", "Ledger"], { stdio: "pipe" });
  return path;
}

/** Titles as people write them who are not thinking of a window's width. */
const words = [
  "Orders are written twice when the payment provider answers late",
  "Die Rechnungsläufe der Auftragsabwicklungsdatenbank überschreiten das Wartungsfenster",
  "🔥 The on-call engineer restarts the import by hand every night 🌙",
  "عمليات الدفع تتوقف عندما لا تستجيب قاعدة البيانات",
  "התור של ההזמנות גדל בלי גבול בסוף החודש",
  "注文サービスは障害時にデータベース接続を解放しません",
  "public.customer_order_position_history_archive_2019_to_2024_partitioned_by_month_and_tenant has no index",
  "<script>alert(1)</script> & \"quotes\" stand in a title as they were typed",
  "p99",
];
const long = (text) => `${text}: ${"which the operations team has worked around since the migration of the warehouse system, ".repeat(4)}`.slice(0, 300);
const title = (n) => (n % 5 === 1 ? long(words[n % words.length]) : words[n % words.length]);
const pick = (list, n) => list[n % list.length];
const scale = (n) => (n % 5) + 1;

/** Makes the sample, grown to 200 findings, 200 risks and 60 initiatives, through the contract. */
export function makeLarge(folder) {
  const path = join(folder, "large.groma");
  execFileSync(groma, ["sample", path], { stdio: "pipe" });
  const list = (kind) => JSON.parse(execFileSync(groma, ["list", path, kind, "--json"]));
  const run = (commands) => execFileSync(groma, ["call", path, "-"], { input: JSON.stringify(commands), stdio: "pipe" });
  const add = (kind, count, object) => {
    const there = list(kind).length;
    run(Array.from({ length: count - there }, (_, n) => ({ do: "insert", kind, object: object(there + n) })));
    return list(kind).map(({ id }) => id);
  };
  const client = "Donaudampfschifffahrtsgesellschaft Vereinigte Reedereien und Lagerhäuser mbH & Co. KGaA";
  run([{ do: "update", kind: "engagement", id: "", fields: { client, system: "Auftragsabwicklungs- und Rechnungsverfolgungsplattform" } }]);
  const findings = add("findings", 200, (n) => ({
    title: title(n),
    severity: pick(["critical", "high", "medium", "low", "info"], n * 7),
    kind: n % 11 === 0 ? "strength" : "gap",
    area: pick(["Datenbankzugriffsschicht und Transaktionsgrenzen", "Caching", "Security", ""], n),
    editorial: pick(["draft", "in_review", "approved"], n),
    life: pick(["open", "open", "open", "partly_fixed", "fixed", "accepted"], n),
    likelihood: scale(n),
    impact: scale(n * 3),
    condition: `${title(n + 3)}. Seen in \`${"a_very_long_identifier_without_any_break_".repeat(3)}\`.`,
    consequence: "Invoices leave a day late, and the accountants book them by hand.",
    owner: pick(["Dr. Annemarie von Hohenstein-Oberhausen, Bereichsleitung Plattformbetrieb", "Ops", ""], n),
    elements: pick([["API", "PostgreSQL"], ["Auftragsabwicklungsdatenbank (Primärinstanz, Rechenzentrum Süd)"], []], n),
    checks: n % 3 === 0 ? [`backend-health/${(n % 9) + 1}.1`] : [],
    effort: { low: n % 4, likely: (n % 9) + 4, high: (n % 9) + 20 },
  }));
  const risks = add("risks", 200, (n) => ({
    title: title(n + 1),
    scenario: title(n + 2),
    category: pick(["operational", "security", "financial"], n),
    inherent: { likelihood: scale(n + 1), impact: scale(n * 3 + 1) },
    current: n % 13 === 0 ? null : { likelihood: scale(n), impact: scale(n * 3) },
    residual: { likelihood: 1, impact: scale(n * 3) },
    owner: pick(["Dr. Annemarie von Hohenstein-Oberhausen, Bereichsleitung Plattformbetrieb", "CTO", ""], n),
    findings: [pick(findings, n * 3), pick(findings, n * 5 + 1)],
  }));
  const [phases, themes, roles] = ["phases", "themes", "roles"].map(list);
  const before = list("initiatives").map(({ id }) => id);
  add("initiatives", 60, (n) => ({
    title: title(n + 4),
    description: title(n + 5),
    phase: pick([...phases.map(({ id }) => id), null], n),
    theme: pick([...themes.map(({ id }) => id), null], n),
    horizon: pick(["30", "60", "90", "later"], n),
    effort: n % 17 === 0 ? null : { low: (n % 6) + 1, likely: (n % 12) + 3, high: (n % 12) + 25 },
    impact: scale(n),
    confidence_percent: 40 + (n % 6) * 10,
    business_value: scale(n * 2),
    time_criticality: scale(n * 3),
    risk_reduction: scale(n + 2),
    reach_percent: (n * 7) % 100,
    reversible: n % 4 !== 0,
    roles: roles.length > 0 ? [{ role: pick(roles, n).id, share: 1 }] : [],
    depends_on: n % 6 === 0 ? [{ on: pick(before, n), lag_days: 0 }] : [],
    findings: [pick(findings, n * 3), pick(findings, n * 3 + 1)],
    risks: [pick(risks, n)],
    owner: pick(["Dr. Annemarie von Hohenstein-Oberhausen, Bereichsleitung Plattformbetrieb", ""], n),
  }));
  add("symptoms", 12, (n) => ({ title: title(n), frequency: pick(["every night", "monatlich, jeweils am letzten Werktag vor dem Quartalsabschluss"], n), severity: scale(n), workaround: title(n + 2) }));
  add("notes", 14, (n) => ({ title: title(n), date: `2026-0${(n % 9) + 1}-1${n % 9}`, people: [{ name: "Dr. Annemarie von Hohenstein-Oberhausen", role: "Bereichsleitung", organisation: "", email: "" }], body: title(n + 1), private: n % 3 === 0 }));
  add("metrics", 16, (n) => ({ name: title(n), current: "812 ms", target: "200 ms", by: "2027-03-31", owner: "Dr. Annemarie von Hohenstein-Oberhausen" }));
  return path;
}
