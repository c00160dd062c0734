export const checklist = {
  title: "Checklist",
  empty: "No check answered",
  emptyHint: "Checks come from the engagement's packs. Measurements propose a verdict, you confirm it or say why it differs.",
  first: "Answer the first check",
};
