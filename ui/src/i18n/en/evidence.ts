export const evidence = {
  title: "Evidence",
  empty: "No artifact yet",
  emptyHint: "Drop files or folders of tool outputs anywhere in the window: load tests, database statistics, scanner results. Each value keeps the place it came from.",
  first: "Import files",
};
