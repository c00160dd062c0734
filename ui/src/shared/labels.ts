import type { Kind } from "../bindings/contract";

/** Prefix of the kinds that people call by number. */
const PREFIX: Partial<Record<Kind, string>> = { findings: "F", risks: "R", initiatives: "I" };

/** `F-012` for a finding, `R-003` for a risk, `I-004` for an initiative; empty for other kinds. */
export function numberOf(kind: Kind, number: number | undefined): string {
  const prefix = PREFIX[kind];
  return prefix && number ? `${prefix}-${String(number).padStart(3, "0")}` : "";
}

/** How a person names an object: its number, then its title, name or whatever stands for one. */
export function labelOf(kind: Kind, object: object): string {
  const fields = object as Record<string, unknown>;
  const text = (name: string): string => (typeof fields[name] === "string" ? (fields[name] as string) : "");
  const number = numberOf(kind, fields.number as number | undefined);
  const title =
    kind === "engagement"
      ? [text("client"), text("system")].filter(Boolean).join(" · ")
      : text("title") || text("name") || text("path") || [text("pack"), text("check") || text("area")].filter(Boolean).join("/") || text("note") || text("candidate");
  return [number, title].filter(Boolean).join(" ") || "–";
}
