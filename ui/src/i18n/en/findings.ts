export const findings = {
  title: "Findings",
  empty: "No finding yet",
  emptyHint: "A finding says what is, what should be, why it is so and what it costs the operation, and rests on evidence.",
  first: "Write the first finding",
};
