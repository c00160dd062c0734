import type { Text } from "../en/index";

export const intake: Text["intake"] = {
  title: "Aufnahme",
  empty: "Noch kein Symptom",
  emptyHint: "Was bricht, wie oft, welchen Betriebsablauf es trifft und womit sich die Leute behelfen. Darauf ruht die Triage.",
  first: "Symptom anlegen",
};
