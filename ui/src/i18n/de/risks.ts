import type { Text } from "../en/index";

export const risks: Text["risks"] = {
  title: "Risiken",
  empty: "Noch kein Risiko",
  emptyHint: "Ein Risiko sagt, was geschehen könnte und was folgt, wie wahrscheinlich und wie schlimm, heute und nach der Arbeit.",
  first: "Erstes Risiko anlegen",
};
