/** Which engagement is open, and how it is opened, closed, undone. */
import type { AppError, Changes } from "../bindings/contract";
import { asAppError, call, closeNow, on, said, type Ask, type State } from "../host";
import { term, text } from "../i18n/text.svelte";
import { followAsked, forgetAsked } from "./asked.svelte";
import { followLayout, forgetLayout, loadLayout } from "./layout.svelte";
import { goToChange, resetNavigation } from "./navigation.svelte";
import { flush, followObjects, forget } from "./objects.svelte";
import { dismissToast, setUndo, toast } from "./toasts.svelte";
import { inPause } from "./typing";

let state = $state.raw<State | null>(null);
let away = $state.raw<AppError | null>(null);
let reading = $state.raw<{ done: number; total: number; path: string } | null>(null);
let dragging = $state(false);
let notSoon = (): void => undefined;
/** The toasts about how the open engagement was opened. */
let told: number[] = [];

export const session = {
  /** What is open and what can be chosen; null until the core answered. */
  get state(): State | null {
    return state;
  },
  /** Whether an engagement is open. */
  get open(): boolean {
    return state?.path != null;
  },
  /** Why the file is not open that a start of the application named; empty when it is. */
  get unopened(): string {
    return state?.unopened ? said(state.unopened) : "";
  },
  get readOnly(): boolean {
    return state?.read_only ?? false;
  },
  /** Why the core does not answer. */
  get away(): AppError | null {
    return away;
  },
  /** Progress of an import. */
  get reading(): { done: number; total: number; path: string } | null {
    return reading;
  },
  /** Whether files are held over the window. */
  get dragging(): boolean {
    return dragging;
  },
};

/** Tells what the core tells once: it stays until it is dismissed or something else is opened. */
function tell(message: string): void {
  told.push(toast(message, { stays: true }));
}

function take(next: State, useAddress = false): void {
  const other = next.path !== state?.path;
  if (other) {
    told.forEach(dismissToast);
    told = [];
  }
  const editing = !new URLSearchParams(location.search).has("page-window");
  state = next;
  away = null;
  // Beside an open engagement told once; with none, the start page tells it until another is opened.
  if (next.unopened && next.path !== null && editing) {
    tell(said(next.unopened));
    void call("opening_told", {});
  }
  if (!other) return;
  forget(next.path !== null);
  forgetLayout();
  forgetAsked(next.path !== null);
  if (next.path !== null) {
    resetNavigation(useAddress);
    void loadLayout();
    if (next.recovered && editing) {
      tell(text.frame.recovered);
      // Told once an opening, not at each reload of the window.
      void call("opening_told", {});
    }
  }
}

/** Asks the core what is open. */
export async function loadSession(): Promise<void> {
  try {
    take(await call("state", {}), state === null);
  } catch (thrown) {
    away = asAppError(thrown);
  }
}

/** Shows a file that was just written, opening it when writing did not. */
async function enter(path: string): Promise<void> {
  const now = await call("state", {});
  take(now.path === null || now.path === state?.path ? await call("open", { path }) : now);
}

/** Opens an engagement file. Rejects with the core's error. */
export async function openEngagement(path: string): Promise<void> {
  await flush();
  take(await call("open", { path }));
}

/** Creates an engagement file and opens it. */
export async function createEngagement(ask: Ask<"create">): Promise<void> {
  await flush();
  await call("create", ask);
  await enter(ask.path ?? "");
}

/** Builds the sample engagement and opens it. */
export async function openSample(path: string): Promise<void> {
  await flush();
  await call("sample", { path });
  await enter(path);
}

/** Closes the engagement and shows the start page. */
export async function closeEngagement(): Promise<void> {
  await flush();
  take(await call("close", {}));
}

async function step(word: "undo" | "redo"): Promise<void> {
  await flush();
  let changes: Changes;
  try {
    changes = await call(word, {});
  } catch (thrown) {
    toast(asAppError(thrown).message);
    return;
  }
  const first = changes.changed[0];
  if (!first) return;
  goToChange(changes);
  const what = `${term("kind", first.kind)}${changes.changed.length > 1 ? ` +${changes.changed.length - 1}` : ""}`;
  toast(word === "undo" ? text.frame.undone(what) : text.frame.redone(what));
}

/** Takes back this step, unless another one came after it: then it says so. */
export async function undoStep(id: string | null, otherwise: string): Promise<void> {
  await flush();
  const now = await call("state", {});
  if (id !== null && now.undo?.id === id) await undo();
  else toast(otherwise);
}

/** Takes back the engagement's last step and goes where it was. */
export const undo = (): Promise<void> => step("undo");
/** Does the last undone step again and goes where it is. */
export const redo = (): Promise<void> => step("redo");

/** Starts following the core; the answer stops it. */
export function followSession(): () => void {
  setUndo(undo);
  const stops = [
    followObjects(),
    followAsked(),
    followLayout(),
    on("opened", () => void loadSession()),
    // The desktop waits a moment for what was typed last.
    on("closing", () => void flush().finally(() => closeNow())),
    // What undo and redo would do, and the title, follow the changes.
    on("changed", () => {
      notSoon();
      notSoon = inPause(() => void loadSession(), 150);
    }),
    on("read", ({ done, total, path }) => {
      reading = done >= total ? null : { done, total, path };
    }),
    on("dragging", ({ over }) => {
      dragging = over;
    }),
    on("dropped", () => {
      dragging = false;
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
