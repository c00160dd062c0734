/** What stands beside the canvas or above it, loaded when it is first asked for. */
import type { Component } from "svelte";

export type PaneId = "text" | "compare" | "sources" | "report";
type TextPane = Component<{ architecture: string }>;
type Sheet = Component<{ architecture: string; close: () => void }>;
type Comparison = Component<{ architecture: string; close: () => void; show?: ((architecture: string, key: string) => void) | undefined }>;

export interface Panes {
  text?: () => Promise<{ default: TextPane }>;
  compare?: () => Promise<{ default: Comparison }>;
  sources?: () => Promise<{ default: Sheet }>;
  report?: () => Promise<{ default: Sheet }>;
}

export const panes: Panes = {
  text: () => import("./text/TextPane.svelte"),
  compare: () => import("./views/ComparePane.svelte"),
  sources: () => import("./sources/SourcesDialog.svelte"),
  report: () => import("./views/ReportViews.svelte"),
};
