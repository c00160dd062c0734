import type { Text } from "../en/index";

export const checklist: Text["checklist"] = {
  title: "Prüfliste",
  empty: "Noch keine Prüfung beantwortet",
  emptyHint: "Die Prüfungen stammen aus den Prüfpaketen des Auftrags. Messwerte schlagen ein Urteil vor, Sie bestätigen oder begründen die Abweichung.",
  first: "Erste Prüfung beantworten",
};
