/** Which part is shown, and what came of the last export; kept while the window is open. */
import type { AppError, ReportReply } from "../../bindings/contract";

export type ReportTab = "check" | "sections" | "look" | "control" | "diagrams";

export const shown = $state<{ tab: ReportTab; warnings: boolean; busy: boolean; result: ReportReply | null; error: AppError | null }>({
  tab: "check",
  warnings: true,
  busy: false,
  result: null,
  error: null,
});
