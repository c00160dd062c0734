export const intake = {
  title: "Intake",
  empty: "No symptom yet",
  emptyHint: "What breaks, how often, which operation it hurts and what people do instead. The triage answer rests on these.",
  first: "Add a symptom",
};
