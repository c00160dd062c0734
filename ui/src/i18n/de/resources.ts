import type { Text } from "../en/index";

export const resources: Text["resources"] = {
  title: "Ressourcen & Budget",
  empty: "Noch niemand eingeplant",
  emptyHint: "Rollen mit ihrem Tagessatz, wer von wann bis wann da ist, und Geld neben der Arbeit.",
  first: "Erste Rolle anlegen",
};
