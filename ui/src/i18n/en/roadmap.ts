export const roadmap = {
  title: "Roadmap",
  empty: "No initiative yet",
  emptyHint: "An initiative is work that someone funds: what is done, what it costs, which findings and risks it settles.",
  first: "Add the first initiative",
};
