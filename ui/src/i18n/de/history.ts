import type { Text } from "../en/index";

export const history: Text["history"] = {
  title: "Verlauf",
  empty: "Noch nichts geschehen",
  emptyHint: "Jede Änderung steht hier: wer, wann, was vorher da war.",
  first: "",
  when: "Wann",
  who: "Wer",
  what: "Was",
  object: "Objekt",
  fields: "Felder",
};
