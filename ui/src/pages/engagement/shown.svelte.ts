/** Which part is shown; kept while the window is open. */
import type { EngagementTab } from "./lib";

export const shown = $state<{ tab: EngagementTab }>({ tab: "basics" });
