export const risks = {
  title: "Risks",
  empty: "No risk yet",
  emptyHint: "A risk says what could happen and what follows, how likely and how bad, now and once the work is done.",
  first: "Add the first risk",
};
