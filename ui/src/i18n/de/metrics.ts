import type { Text } from "../en/index";

export const metrics: Text["metrics"] = {
  title: "Kennzahlen",
  empty: "Noch keine Kennzahl",
  emptyHint: "Woran der Kunde sieht, dass sich die Arbeit gelohnt hat: Wert heute, Wert gewünscht, bis wann.",
  first: "Erste Kennzahl anlegen",
};
