import type { Text } from "../en/index";

export const roadmap: Text["roadmap"] = {
  title: "Fahrplan",
  empty: "Noch keine Maßnahme",
  emptyHint: "Eine Maßnahme ist Arbeit, die jemand bezahlt: was getan wird, was es kostet, welche Befunde und Risiken sie erledigt.",
  first: "Erste Maßnahme anlegen",
};
