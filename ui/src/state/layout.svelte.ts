/** The typeset report as the live page shows it. */
import type { PageChange } from "../bindings/contract";
import { call, on, type HostEventOf, type Layout, type Located, type PageArea } from "../host";

let current = $state.raw<Layout | null>(null);
let wanted = $state.raw<PageArea | null>(null);
let sequence = 0;
/** A place that was asked for before there was a page to find it on. */
let sought: Located | null = null;
/** What is other on a page than on one before, by the page's hash; of the newest pages. */
const changes = new Map<string, PageChange>();
const MOST_CHANGES = 32;

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

/** From where to where, in points from the upper edge, a page looks other than one that was shown before it; null where that is not known. */
export function changedSince(hash: string, before: string): { from: number; to: number } | null {
  let from = Infinity;
  let to = 0;
  let at = hash;
  for (let steps = changes.size; steps > 0; steps -= 1) {
    const change = changes.get(at);
    if (!change) return null;
    from = Math.min(from, change.from);
    to = Math.max(to, change.to);
    if (change.since === before) return to > from ? { from, to } : null;
    at = change.since;
  }
  return null;
}

function note(hash: string, change: PageChange): void {
  changes.delete(hash);
  changes.set(hash, change);
  for (const oldest of changes.keys()) {
    if (changes.size <= MOST_CHANGES) break;
    changes.delete(oldest);
  }
}

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
  for (const { hash, change } of pages) if (change) note(hash, change);
  const all = [...current.pages];
  all.splice(from, pages.length, ...pages.map(({ hash, width, height }) => ({ hash, width, height })));
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
  changes.clear();
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
