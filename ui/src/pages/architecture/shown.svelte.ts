/** What the page shows of each architecture: it stays while the window is open. */
import type { DiagramOverlay } from "../../bindings/contract";

interface Shown {
  /** The architecture shown last. */
  architecture: string | undefined;
  /** The view shown last, by architecture. */
  views: Record<string, string>;
  overlay: DiagramOverlay;
  perspective: string;
  /** What stands beside the canvas. */
  text: boolean;
}

export const shown = $state<Shown>({ architecture: undefined, views: {}, overlay: "findings", perspective: "", text: false });
