export const report = {
  title: "Report",
  empty: "Nothing to report yet",
  emptyHint: "The report is set from what you write in the other sections.",
  first: "",
};
