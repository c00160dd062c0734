import type { Text } from "../en/index";

export const notes: Text["notes"] = {
  title: "Notizen",
  empty: "Noch keine Notiz",
  emptyHint: "Was in Gesprächen gesagt wurde. Eine private Notiz gelangt nie in ein Kundendokument.",
  first: "Erste Notiz schreiben",
  new: "Neue Notiz",
  untitled: "Notiz ohne Titel",
  what: (n) => (n === 1 ? "Notiz" : `${n} Notizen`),
  listHint: "Enter öffnet, Entf entfernt",
  private: "Privat",
  open: "Für den Bericht",
  privateHint: "Privat: gelangt nie in ein Kundendokument",
  visibility: "Sichtbarkeit",
  person: { name: "Name", role: "Rolle", organisation: "Organisation", email: "E-Mail" },
  nobody: "Noch niemand genannt",
  evidenceFor: "Beleg für",
};
