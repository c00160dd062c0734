import type { Text } from "../en/index";

export const notes: Text["notes"] = {
  title: "Notizen",
  empty: "Noch keine Notiz",
  emptyHint: "Was in Gesprächen gesagt wurde. Eine private Notiz gelangt in kein Kundendokument.",
  first: "Erste Notiz schreiben",
};
