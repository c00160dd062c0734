export const metrics = {
  title: "Metrics",
  empty: "No success metric yet",
  emptyHint: "How the client will see that the work paid off: the value now, the value wanted, by when.",
  first: "Add the first metric",
};
