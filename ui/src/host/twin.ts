import { promptPath } from "./prompt.svelte";
import { asAppError, type Answer, type Ask, type Host, type HostEvent, type Words } from "./types";

/** The loopback twin of the core, for browser tests and for work on the window. */
export const twin: Host = {
  name: "twin",
  async call<W extends keyof Words>(word: W, fields: Ask<W>): Promise<Answer<W>> {
    let answer: Response;
    try {
      answer = await fetch("/call", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ do: word, ...fields }),
      });
    } catch (thrown) {
      throw asAppError(thrown);
    }
    const text = await answer.text();
    let body: unknown;
    try {
      body = text === "" ? null : JSON.parse(text);
    } catch {
      throw asAppError(new Error(`${answer.status}: ${text.slice(0, 200)}`));
    }
    if (answer.ok) return body as Answer<W>;
    const error = typeof body === "object" && body !== null && "error" in body ? body.error : body;
    throw asAppError(error);
  },
  listen(listener) {
    const source = new EventSource("/events");
    source.onmessage = (message) => listener(JSON.parse(message.data as string) as HostEvent);
    return () => source.close();
  },
  pageUrl: (name) => `/page/${name}`,
  imageUrl: (sha256) => `/image/${sha256}`,
  async pickOpen(what) {
    const typed = await promptPath("open", what, "");
    return typed === null ? null : typed.split(/\r?\n/).filter((line) => line.trim() !== "");
  },
  pickSave: (what, suggestedName) => promptPath("save", what, suggestedName),
  async openPageWindow() {
    window.open(`${location.pathname}?page-window`, "groma-page", "width=900,height=1100");
  },
  async pasteImage(name, bytes) {
    const answer = await fetch(`/paste?name=${encodeURIComponent(name)}`, { method: "POST", body: new Blob([bytes as BlobPart]) });
    const body = (await answer.json()) as { error?: unknown };
    if (!answer.ok) throw asAppError(body.error);
    return body as unknown as Answer<"add_image">;
  },
  async closeNow() {
    window.close();
  },
  async openLink(url) {
    window.open(url, "_blank", "noopener,noreferrer");
  },
};
