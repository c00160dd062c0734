import type { Text } from "../en/index";

export const overview: Text["overview"] = {
  title: "Überblick",
  health: "Zustand",
  maturity: "Reifegrad",
  assessed: (done, total) => `${done} von ${total} Prüfpunkten geprüft`,
  passed: (n, total) => `${n} von ${total} erfüllt`,
  notScored: "Noch keine Bewertung",
  notScoredHint: "Prüfpunkte beantworten und Bereiche bewerten; die Bewertung folgt.",
  mean: "Mittlere Stufe",
  weakest: (area, level) => `Schwächster: ${area}, Stufe ${level}`,
  levels: "Stufe je Bereich, heute und gewünscht",
  bySeverity: "Offene Befunde nach Schweregrad",
  noFindings: "Noch kein Befund",
  next: "Nächste Schritte",
  nothingMissing: "Es fehlt nichts.",
  more: (n) => `${n} weitere auf der Berichtsseite`,
  activity: "Letzte Tätigkeit",
  noActivity: "Noch ist nichts geschehen.",
};
