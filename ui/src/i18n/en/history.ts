export const history = {
  title: "History",
  empty: "Nothing happened yet",
  emptyHint: "Every change is kept here: who, when, what it was before.",
  first: "",
  when: "When",
  who: "Who",
  what: "What",
  object: "Object",
  fields: "Fields",
};
