export const maturity = {
  title: "Maturity",
  empty: "No area assessed",
  emptyHint: "Each area gets a level now and a level wanted, from 1 to 5, with the reason beside it.",
  first: "Assess the first area",
};
