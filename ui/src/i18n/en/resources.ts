export const resources = {
  title: "Resources & budget",
  empty: "Nobody planned yet",
  emptyHint: "Roles with their day rate, who is there from when to when, and money besides work.",
  first: "Add the first role",
};
