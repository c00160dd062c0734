import type { AppError, Commands, Event } from "../bindings/contract";

export type { Entry, Layout, LayoutProblem, Located, OutlineEntry, Pack, Page, PageArea, PageText, Recent, State } from "../bindings/contract";

/** Every word of the core. */
export type Words = Commands;
export type Ask<W extends keyof Words> = Words[W]["ask"];
export type Answer<W extends keyof Words> = Words[W]["answer"];

/** What the core and the desktop tell unasked. */
export type HostEvent = Event;
export type HostEventName = HostEvent["event"];
export type HostEventOf<N extends HostEventName> = Extract<HostEvent, { event: N }>;

export type PickOpen = "engagement" | "files" | "folder" | "image" | "pack" | "brand" | "fonts" | "library";
export type PickSave = "engagement" | "pdf" | "folder" | "file" | "library";

/** How the window reaches the core and the desktop. One implementation a surrounding. */
export interface Host {
  readonly name: "tauri" | "twin" | "fake";
  call<W extends keyof Words>(word: W, ask: Ask<W>): Promise<Answer<W>>;
  /** Every event of the core; the answer stops listening. */
  listen(listener: (event: HostEvent) => void): () => void;
  /** Address of a page's picture. */
  pageUrl(name: string): string;
  imageUrl(sha256: string): string;
  pickOpen(what: PickOpen): Promise<string[] | null>;
  pickSave(what: PickSave, suggestedName: string): Promise<string | null>;
  openPageWindow(): Promise<void>;
  openLink(url: string): Promise<void>;
  /** Keeps a pasted picture; its bytes do not travel as JSON. Answers as `add_image` does. */
  pasteImage(name: string, bytes: Uint8Array): Promise<Answer<"add_image">>;
  /** Closes the application, once what was typed last is handed over. */
  closeNow(): Promise<void>;
}

/** Narrows anything thrown to the core's error. */
export function asAppError(thrown: unknown): AppError {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown && "code" in thrown) {
    return thrown as AppError;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "failed", message, hint: null, field: null };
}

/** What an error says, and what can be done about it. */
export const sentences = (error: AppError): string => [error.message, error.hint].filter(Boolean).join(" – ");
