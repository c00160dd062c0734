/** Which view is shown and which phases are ticked; kept while the window is open. */
type Tab = "roles" | "people" | "load" | "budget" | "trainings" | "costs" | "what_if";

export const shown = $state<{ tab: Tab; funded: number[] | null }>({
  tab: "roles",
  /** Numbers of the ticked phases; null until one was ticked: then the first is. */
  funded: null,
});
