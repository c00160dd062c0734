import type { Text } from "../en/index";

export const maturity: Text["maturity"] = {
  title: "Reifegrad",
  empty: "Noch kein Bereich bewertet",
  emptyHint: "Jeder Bereich erhält eine Stufe heute und eine gewünschte, von 1 bis 5, mit der Begründung daneben.",
  first: "Ersten Bereich bewerten",
};
