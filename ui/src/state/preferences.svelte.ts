/**
 * How this window looks: sizes and colours, never text of a client. The core keeps it, since the desktop's own storage
 * is gone with the window; in a browser localStorage keeps it as well.
 */
import { call, on } from "../host";
import { language, setLanguage, type Language } from "../i18n/text.svelte";

export type Theme = "system" | "light" | "dark" | "contrast";

interface Kept {
  theme: Theme;
  zoom: number;
  language: Language;
  livePage: boolean;
  /** Widths of panes in pixels by name. */
  panes: Record<string, number>;
  thumbnails: boolean;
  outline: boolean;
}

const KEY = "groma.window";
export const ZOOMS = [0.75, 0.85, 1, 1.15, 1.3, 1.5, 1.75, 2];

function read(): Kept {
  const kept: Kept = {
    theme: "system",
    zoom: 1,
    language: navigator.language.startsWith("de") ? "de" : "en",
    livePage: true,
    panes: {},
    thumbnails: false,
    outline: false,
  };
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>;
    // The desktop hands over what the core keeps before the first line of the window runs.
    const handed = (globalThis as { __GROMA_WINDOW__?: Partial<Kept> }).__GROMA_WINDOW__;
    return { ...kept, ...stored, ...handed };
  } catch {
    return kept;
  }
}

const kept = $state<Kept>(read());

let soon: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  clearTimeout(soon);
  // That it cannot be kept keeps nobody from working.
  const mine = setTimeout(() => {
    const sent = call("prefer", { settings: { window: $state.snapshot(kept) as never } }).catch(() => undefined);
    void sent.finally(() => {
      if (soon === mine) soon = undefined;
    });
  }, 400);
  soon = mine;
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Without storage the window starts with its defaults the next time.
  }
}

const prefersDark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
const prefersContrast = typeof matchMedia === "function" ? matchMedia("(prefers-contrast: more)") : null;

function apply(): void {
  const root = document.documentElement;
  const system = prefersContrast?.matches ? "contrast" : prefersDark?.matches ? "dark" : "light";
  root.dataset.theme = kept.theme === "system" ? system : kept.theme;
  root.style.setProperty("--zoom", String(kept.zoom));
}

export const preferences = {
  get theme(): Theme {
    return kept.theme;
  },
  set theme(theme: Theme) {
    kept.theme = theme;
    apply();
    write();
  },
  get zoom(): number {
    return kept.zoom;
  },
  set zoom(zoom: number) {
    kept.zoom = Math.min(2, Math.max(0.75, zoom));
    apply();
    write();
  },
  get language(): Language {
    return language();
  },
  set language(chosen: Language) {
    kept.language = chosen;
    setLanguage(chosen);
    write();
  },
  get livePage(): boolean {
    return kept.livePage;
  },
  set livePage(shown: boolean) {
    kept.livePage = shown;
    write();
  },
  get thumbnails(): boolean {
    return kept.thumbnails;
  },
  set thumbnails(shown: boolean) {
    kept.thumbnails = shown;
    write();
  },
  get outline(): boolean {
    return kept.outline;
  },
  set outline(shown: boolean) {
    kept.outline = shown;
    write();
  },
  /** The width of a pane by name, or `fallback`. */
  pane(name: string, fallback: number): number {
    return kept.panes[name] ?? fallback;
  },
  setPane(name: string, width: number): void {
    kept.panes[name] = Math.round(width);
    write();
  },
};

/** Steps the zoom through `ZOOMS`; 0 goes to the actual size. */
export function stepZoom(direction: -1 | 0 | 1): void {
  if (direction === 0) {
    preferences.zoom = 1;
    return;
  }
  const sorted = direction > 0 ? ZOOMS : [...ZOOMS].reverse();
  const next = sorted.find((zoom) => (direction > 0 ? zoom > kept.zoom + 0.01 : zoom < kept.zoom - 0.01));
  if (next !== undefined) preferences.zoom = next;
}

/** Takes what another window was set to; not while this one has something to say itself. What stands beside the pages, and how wide, is each window's own. */
function take(settings: Partial<Record<string, unknown>>): void {
  const told = settings.window as Partial<Kept> | undefined;
  if (!told || soon !== undefined) return;
  if (told.theme) kept.theme = told.theme;
  if (told.zoom) kept.zoom = told.zoom;
  if (told.language) {
    kept.language = told.language;
    setLanguage(told.language);
  }
  apply();
}

/** Shows the preferences, and follows the system's and those of other windows. */
export function followPreferences(): () => void {
  setLanguage(kept.language);
  apply();
  prefersDark?.addEventListener("change", apply);
  prefersContrast?.addEventListener("change", apply);
  const stop = on("preferred", ({ settings }) => take(settings));
  return () => {
    stop();
    prefersDark?.removeEventListener("change", apply);
    prefersContrast?.removeEventListener("change", apply);
  };
}
