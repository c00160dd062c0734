/** The typeset report as the live page shows it. */
import { call, on, type HostEventOf, type Layout, type Located, type PageArea } from "../host";

let current = $state.raw<Layout | null>(null);
let wanted = $state.raw<PageArea | null>(null);
let sequence = 0;
/** A place that was asked for before there was a page to find it on. */
let sought: Located | null = null;

export const livePage = {
  /** The last layout; null before the first. Pages that did not change keep their hash. */
  get layout(): Layout | null {
    return current;
  },
  /** Where the caret stands on the pages, to scroll to; renewed by `showCaret`. */
  get caret(): PageArea | null {
    return wanted;
  },
};

/** Keeps the last good pages when a compile brought none. */
function take(layout: Layout): void {
  // The answer to a question may be older than what was told meanwhile.
  if (current && layout.revision < current.revision) return;
  if (layout.pages.length === 0 && layout.problems.length > 0 && current) {
    current = { ...current, problems: layout.problems, fresh: false };
    return;
  }
  current = layout;
  if (sought && layout.pages.length > 0) void showCaret(sought);
}

/** Takes the pages on which someone is typing; the rest follows. */
function takePart({ revision, from, pages }: HostEventOf<"part">): void {
  if (current?.revision !== revision) return;
  const all = [...current.pages];
  all.splice(from, pages.length, ...pages);
  current = { ...current, pages: all };
}

/** Asks for the layout; the core tells later ones by event. */
export async function loadLayout(): Promise<void> {
  try {
    take(await call("layout", {}));
  } catch {
    // A core without a typesetter, or none open: the pane says that there is no page yet.
  }
}

/** Scrolls the live page to a place of a field. */
export async function showCaret(place: Located): Promise<void> {
  const mine = ++sequence;
  try {
    const area = await call("place", place);
    if (mine !== sequence) return;
    sought = !area && !current?.pages.length ? place : null;
    if (area) wanted = area;
  } catch {
    // The field may not be in the report, or the layout is older than the field.
  }
}

export function forgetLayout(): void {
  sequence += 1;
  current = null;
  wanted = null;
  sought = null;
}

/** Starts following the core; the answer stops it. */
export function followLayout(): () => void {
  const stops = [
    on("layout", ({ layout }) => take(layout)),
    on("part", takePart),
    // Also where another window works: the window of pages follows the caret of the one that edits.
    on("caret", ({ area }) => {
      wanted = area;
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
