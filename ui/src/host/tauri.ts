import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { asAppError, type Answer, type Ask, type Host, type HostEvent, type Words } from "./types";

/** On Windows and Android a custom scheme is served as a host of its own. */
const scheme = navigator.userAgent.includes("Windows") ? "http://page.localhost" : "page://localhost";

async function ask<T>(command: string, args: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw asAppError(thrown);
  }
}

/** The window that shows the pages alone may read and nothing else; the shell holds it to that. */
const word = new URLSearchParams(location.search).has("page-window") ? "show" : "call";

/** The desktop shell. */
export const tauri: Host = {
  name: "tauri",
  call: <W extends keyof Words>(what: W, fields: Ask<W>) =>
    ask<Answer<W>>(word, { command: { do: what, ...fields } }),
  listen(listener) {
    const listening = listen<HostEvent>("groma", (event) => listener(event.payload));
    return () => void listening.then((stop) => stop());
  },
  pageUrl: (name) => `${scheme}/${name}`,
  imageUrl: (sha256) => `${scheme}/image/${sha256}`,
  async pickOpen(what) {
    const picked = await ask<string | string[] | null>("pick_open", { what });
    if (picked === null) return null;
    const paths = Array.isArray(picked) ? picked : [picked];
    return paths.length > 0 ? paths : null;
  },
  pickSave: (what, suggestedName) => ask("pick_save", { what, suggestedName }),
  openPageWindow: () => ask("open_page_window", {}),
  openLink: (url) => ask("open_link", { url }),
  async pasteImage(name, bytes) {
    try {
      // A header holds ASCII alone.
      return await invoke("paste_image", bytes, { headers: { name: name.replace(/[^\x20-\x7e]/g, "_") } });
    } catch (thrown) {
      throw asAppError(thrown);
    }
  },
  closeNow: () => ask("close_now", {}),
};
