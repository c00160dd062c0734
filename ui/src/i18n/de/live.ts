import type { Text } from "../en/index";

export const live: Text["live"] = {
  find: "Auf den Seiten suchen",
  noHit: "Nichts gefunden",
  hitOf: (at, hits, more) => `${at} / ${hits}${more ? "+" : ""}`,
  nextHit: "Nächste Stelle",
  previousHit: "Vorige Stelle",
  closeFind: "Suche schließen",
  fitPage: "Ganze Seite",
  shortWidth: "Breite",
  shortPage: "Seite",
  goToPage: "Seite",
  line: (n) => `Zeile ${n}`,
  moreProblems: (n) => (n === 1 ? "1 weiteres" : `${n} weitere`),
  lessProblems: "Weniger",
  windowTitle: (what) => `Seiten – ${what}`,
  nothingOpen: "Kein Auftrag ist geöffnet",
};
