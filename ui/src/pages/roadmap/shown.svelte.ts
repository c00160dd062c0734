/** Which view of the roadmap is shown; kept while the window is open. */
import { navigation, select } from "../../state";

type Tab = "initiatives" | "scatter" | "board" | "gantt" | "priorities" | "phases" | "themes" | "milestones";
let tab = $state<Tab>("initiatives");

export const shown = {
  get tab(): Tab {
    return tab;
  },
  set tab(next: Tab) {
    tab = next;
  },
  /** Whether the last visit was a choice made in a view, which stays there. */
  chosen: false,
};

/** The initiative that is chosen, in whatever view. */
export function chosenInitiative(): string | undefined {
  return navigation.route.kind === "initiatives" ? navigation.route.id : undefined;
}

/** Chooses an initiative without leaving the view. */
export function choose(id: string): void {
  if (chosenInitiative() === id) return;
  shown.chosen = true;
  select("initiatives", id);
}
