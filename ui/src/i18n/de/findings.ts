import type { Text } from "../en/index";

export const findings: Text["findings"] = {
  title: "Befunde",
  empty: "Noch kein Befund",
  emptyHint: "Ein Befund sagt, was ist, was sein soll, warum es so ist und was es den Betrieb kostet, und er ruht auf Belegen.",
  first: "Ersten Befund schreiben",
};
