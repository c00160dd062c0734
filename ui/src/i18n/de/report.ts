import type { Text } from "../en/index";

export const report: Text["report"] = {
  title: "Bericht",
  empty: "Noch nichts zu berichten",
  emptyHint: "Der Bericht wird aus dem gesetzt, was in den anderen Abschnitten steht.",
  first: "",
};
