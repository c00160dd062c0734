/** What the page shows of each architecture: it stays while the window is open. */
import type { DiagramOverlay } from "../../bindings/contract";
import { go } from "../../state";

interface Shown {
  /** The architecture shown last. */
  architecture: string | undefined;
  /** The view shown last, by architecture. */
  views: Record<string, string>;
  overlay: DiagramOverlay;
  perspective: string;
  /** What stands beside the canvas. */
  text: boolean;
  /** An element that is to be shown, and selected. */
  reveal: { architecture: string; element: string } | null;
}

export const shown = $state<Shown>({ architecture: undefined, views: {}, overlay: "findings", perspective: "", text: false, reveal: null });

/** Goes to an element of an architecture, on a view that shows it. */
export function goElement(architecture: string, element: string): void {
  shown.reveal = { architecture, element };
  go({ page: "architecture", kind: "architectures", id: architecture });
}
