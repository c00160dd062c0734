import type { Changes, Kind } from "../bindings/contract";
import { on } from "../host";
import { object } from "./objects.svelte";
import { catching, dropTyping, handOverTyping } from "./typeAhead";
import { fromHash, routeTo, sameRoute, toHash, type PageId, type Route } from "./route";

let stack: Route[] = [{ page: "overview" }];
let at = 0;
let current = $state.raw<Route>({ page: "overview" });
let visit = $state(0);
let canBack = $state(false);
let canForward = $state(false);

function show(route: Route): void {
  current = route;
  visit += 1;
  canBack = at > 0;
  canForward = at < stack.length - 1;
  history.replaceState(null, "", toHash(route));
  if (route.field !== undefined) void focusField(route);
}

export const navigation = {
  /** Where the window is. */
  get route(): Route {
    return current;
  },
  /** Counts up with every visit, also to the same route. */
  get visit(): number {
    return visit;
  },
  get canBack(): boolean {
    return canBack;
  },
  get canForward(): boolean {
    return canForward;
  },
};

/** Goes to a route. A field in it gets the focus once the page shows it. */
export function go(route: Route): void {
  if (!sameRoute(route, current)) {
    stack = [...stack.slice(Math.max(0, at - 99), at + 1), route];
    at = stack.length - 1;
  }
  show(route);
}

/** Goes to a page. */
export function goPage(page: PageId): void {
  go({ page });
}

/** Goes to an object or a field of it, whatever page it is edited on. */
export function goObject(kind: Kind, id?: string, field?: string, offset?: number): void {
  if (kind === "evidence_links" && id) {
    const link = object("evidence_links", id);
    go(link ? routeTo("findings", link.finding, "evidence") : { page: "findings" });
    return;
  }
  go(routeTo(kind, id, field, offset));
}

/** Goes to another object of a kind, into the field that has the focus now. */
export function goAlong(kind: Kind, id: string): void {
  const [of, , field] = document.activeElement?.closest<HTMLElement>("[data-field]")?.dataset.field?.split("/") ?? [];
  goObject(kind, id, of === kind ? field : undefined);
}

/** Selects an object on the page that is shown, without a new entry for Back. */
export function select(kind: Kind, id: string | undefined): void {
  const route: Route = { page: current.page, kind };
  if (id !== undefined) route.id = id;
  if (sameRoute(route, current)) return;
  stack[at] = route;
  show(route);
}

export function back(): void {
  if (at > 0) show(stack[--at] as Route);
}

export function forward(): void {
  if (at < stack.length - 1) show(stack[++at] as Route);
}

/** Starts anew, for example after opening another engagement. */
export function resetNavigation(useAddress: boolean): void {
  const first = (useAddress ? fromHash(location.hash) : null) ?? { page: "overview" as const };
  stack = [first];
  at = 0;
  show(first);
}

/** Goes to what a step changed. */
export function goToChange(changes: Changes): void {
  // A tool’s words lead: the files that were read again follow from them. What came back leads; what only followed from it (a renewed proposal, a link) does not.
  const words = changes.changed.find((change) => change.kind === "severities");
  const first = words ?? changes.changed.find((change) => change.change === "inserted") ?? changes.changed.find((change) => change.change !== "deleted") ?? changes.changed[0];
  if (!first) return;
  goObject(first.kind, first.change === "deleted" ? undefined : first.id, first.fields[0]);
}

/** Goes where another window leads. Starts following; the answer stops it. */
export function followReveal(): () => void {
  return on("reveal", ({ kind, id, field, offset }) => goObject(kind, id, field || undefined, offset ?? undefined));
}

/** Name of the event that a field gets when it is navigated to; `detail` is `FieldFocus`. */
export const FIELD_FOCUS = "groma-field-focus";
export interface FieldFocus {
  offset: number | undefined;
}

/**
 * Finds the field in the page by its `data-field` (`kind/id/field`) and gives it the focus. Pages
 * load lazily, so the field is awaited, until the person turns to something else. Fields listen to
 * `FIELD_FOCUS` to place the caret; for others, the first focusable element inside gets the focus.
 */
async function focusField(route: Route): Promise<void> {
  const visited = visit;
  const name = `${route.kind ?? ""}/${route.id ?? ""}/${route.field ?? ""}`;
  let elsewhere = false;
  // What is typed while it is caught is meant for the field.
  const turn = (): void => void (elsewhere ||= !catching());
  window.addEventListener("pointerdown", turn, true);
  window.addEventListener("keydown", turn, true);
  for (let tries = 0; tries < 600 && visited === visit && !elsewhere; tries += 1) {
    const found = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    if (found) {
      for (let box = found.parentElement?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
      found.scrollIntoView({ block: "center" });
      const event = new CustomEvent<FieldFocus>(FIELD_FOCUS, { detail: { offset: route.offset }, cancelable: true });
      if (found.dispatchEvent(event)) {
        const target = found.matches("input,select,textarea,button,[tabindex]")
          ? found
          : found.querySelector<HTMLElement>("input,select,textarea,button,[tabindex],[contenteditable=true]");
        target?.focus();
      }
      handOverTyping();
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  window.removeEventListener("pointerdown", turn, true);
  window.removeEventListener("keydown", turn, true);
  if (visited === visit) dropTyping();
}
