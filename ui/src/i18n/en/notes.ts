export const notes = {
  title: "Notes",
  empty: "No note yet",
  emptyHint: "What was said in interviews. A private note never reaches a client document.",
  first: "Write the first note",
};
