/** The reason of a proposal in the language of the report: it is printed there. */
import { intake as de } from "../../i18n/de/intake";
import { terms as deTerms } from "../../i18n/de/terms";
import { intake as en } from "../../i18n/en/intake";
import { terms as enTerms } from "../../i18n/en/terms";
import type { Operation } from "../../bindings/contract";
import type { Proposed } from "./lib";

export function reasonText(proposed: Proposed, operations: readonly Operation[], language: string): string {
  const german = language.startsWith("de");
  const words = (german ? de : en).reasons;
  const names = operations.map((operation) => (german ? deTerms.operation[operation] : enTerms.operation[operation].toLowerCase())).join(", ");
  if (proposed.reason === "reviewOnce") return words.reviewOnce(names);
  if (proposed.reason === "audit") return words.audit(names === "" ? "" : words.hitting(names));
  return words[proposed.reason];
}
