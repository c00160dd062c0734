/** Which part is shown; kept while the window is open. */
export const shown = $state<{ tab: "symptoms" | "triage" }>({ tab: "symptoms" });
