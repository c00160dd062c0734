import type { Text } from "../en/index";

export const evidence: Text["evidence"] = {
  title: "Belege",
  empty: "Noch kein Artefakt",
  emptyHint: "Dateien oder Ordner mit Werkzeugausgaben irgendwo ins Fenster ziehen: Lasttests, Datenbankstatistiken, Scanner. Jeder Wert behält die Stelle, von der er stammt.",
  first: "Dateien importieren",
};
