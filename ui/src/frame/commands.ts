/** The frame's own commands: pages, undo, view. */
import type { Command } from "../commands";
import { pickOpen } from "../host";
import { text } from "../i18n/text.svelte";
import { routes } from "../routes";
import { back, closeEngagement, forward, goPage, navigation, openEngagement, preferences, redo, session, stepZoom, toast, undo, type Theme } from "../state";
import { asAppError } from "../host";
import { nextPane } from "./sections";

/** Moves the focus to the next pane: each has `data-pane`. */
export function focusPane(backwards: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
  const current = document.activeElement?.closest<HTMLElement>("[data-pane]")?.dataset.pane;
  const name = nextPane(panes.map((pane) => pane.dataset.pane ?? ""), current, backwards);
  const pane = panes.find((each) => each.dataset.pane === name);
  if (!pane) return;
  const inside = pane.querySelector<HTMLElement>('[aria-current="page"], [role="grid"], [role="document"], input:not([type="hidden"]), [contenteditable="true"], button, [tabindex="0"]');
  (inside ?? pane).focus();
}

/** Asks for a file and opens it; says why when it cannot be opened. */
export async function openFile(): Promise<void> {
  const paths = await pickOpen("engagement");
  if (!paths?.[0]) return;
  try {
    await openEngagement(paths[0]);
  } catch (thrown) {
    toast(asAppError(thrown).message, { tone: "error" });
  }
}

export interface FrameActs {
  palette: () => void;
  search: () => void;
  shortcuts: () => void;
}

export function frameCommands(acts: FrameActs): Command[] {
  const open = (): boolean => session.open;
  const frame = (): typeof text.frame => text.frame;
  const theme = (name: Theme): Command => ({
    id: `theme.${name}`,
    title: () => `${frame().theme}: ${frame().themes[name]}`,
    group: "view",
    run: () => void (preferences.theme = name),
  });
  return [
    ...routes.map(
      (route, index): Command => ({
        id: `go.${route.id}`,
        title: () => frame().goTo(text[route.id].title),
        group: "go",
        ...(index < 9 ? { shortcut: `Mod+${index + 1}` } : {}),
        run: () => goPage(route.id),
        enabled: open,
      }),
    ),
    { id: "palette", title: () => frame().palette, group: "help", shortcut: "Mod+K", run: acts.palette },
    { id: "search", title: () => frame().searchEngagement, group: "go", shortcut: "Mod+Shift+F", also: "/", run: acts.search, enabled: open },
    { id: "shortcuts", title: () => frame().shortcuts, group: "help", shortcut: "?", run: acts.shortcuts },
    { id: "undo", title: () => frame().undo, group: "edit", shortcut: "Mod+Z", whileTyping: false, run: undo, enabled: open },
    { id: "redo", title: () => frame().redo, group: "edit", shortcut: "Mod+Shift+Z", also: "Mod+Y", whileTyping: false, run: redo, enabled: open },
    { id: "back", title: () => frame().back, group: "go", shortcut: "Alt+ArrowLeft", run: back, enabled: () => navigation.canBack },
    { id: "forward", title: () => frame().forward, group: "go", shortcut: "Alt+ArrowRight", run: forward, enabled: () => navigation.canForward },
    { id: "pane.next", title: () => frame().nextPane, group: "go", shortcut: "F6", run: () => focusPane(false) },
    { id: "pane.previous", title: () => frame().previousPane, group: "go", shortcut: "Shift+F6", whileTyping: true, run: () => focusPane(true) },
    { id: "page.toggle", title: () => (preferences.livePage ? frame().hideLivePage : frame().showLivePage), group: "view", shortcut: "Mod+Shift+P", run: () => void (preferences.livePage = !preferences.livePage), enabled: open },
    { id: "zoom.in", title: () => frame().zoomIn, group: "view", shortcut: "Mod++", also: "Mod+=", run: () => stepZoom(1) },
    { id: "zoom.out", title: () => frame().zoomOut, group: "view", shortcut: "Mod+-", run: () => stepZoom(-1) },
    { id: "zoom.reset", title: () => frame().zoomReset, group: "view", shortcut: "Mod+0", run: () => stepZoom(0) },
    theme("system"),
    theme("light"),
    theme("dark"),
    theme("contrast"),
    { id: "language.en", title: () => `${frame().language}: ${text.terms.language.en}`, group: "view", run: () => void (preferences.language = "en") },
    { id: "language.de", title: () => `${frame().language}: ${text.terms.language.de}`, group: "view", run: () => void (preferences.language = "de") },
    { id: "file.open", title: () => text.start.open, group: "engagement", shortcut: "Mod+O", run: openFile },
    { id: "file.close", title: () => frame().close, group: "engagement", shortcut: "Mod+W", run: closeEngagement, enabled: open },
  ];
}
