export const engagement = {
  title: "Engagement",
};
