import type { Component } from "svelte";
import type { PageId } from "./state/route";
import type { IconName } from "./shared/icons";

/** A page of the window. Its title is `text.<id>.title`. */
export interface PageEntry {
  id: PageId;
  icon: IconName;
  /** Loaded when it is first shown. */
  load: () => Promise<{ default: Component }>;
  /** Where the navigation draws a line above it. */
  begins?: boolean;
}

/** All pages in the order of the navigation. */
export const routes: readonly PageEntry[] = [
  { id: "overview", icon: "overview", load: () => import("./pages/overview/Page.svelte") },
  { id: "engagement", icon: "engagement", load: () => import("./pages/engagement/Page.svelte"), begins: true },
  { id: "intake", icon: "intake", load: () => import("./pages/intake/Page.svelte") },
  { id: "evidence", icon: "evidence", load: () => import("./pages/evidence/Page.svelte"), begins: true },
  { id: "checklist", icon: "checklist", load: () => import("./pages/checklist/Page.svelte") },
  { id: "maturity", icon: "maturity", load: () => import("./pages/maturity/Page.svelte") },
  { id: "architecture", icon: "architecture", load: () => import("./pages/architecture/Page.svelte") },
  { id: "findings", icon: "findings", load: () => import("./pages/findings/Page.svelte") },
  { id: "risks", icon: "risks", load: () => import("./pages/risks/Page.svelte"), begins: true },
  { id: "roadmap", icon: "roadmap", load: () => import("./pages/roadmap/Page.svelte") },
  { id: "resources", icon: "resources", load: () => import("./pages/resources/Page.svelte") },
  { id: "metrics", icon: "metrics", load: () => import("./pages/metrics/Page.svelte") },
  { id: "notes", icon: "notes", load: () => import("./pages/notes/Page.svelte"), begins: true },
  { id: "report", icon: "report", load: () => import("./pages/report/Page.svelte") },
  { id: "history", icon: "history", load: () => import("./pages/history/Page.svelte") },
];
