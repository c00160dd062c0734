import type { AppError, Changes, Commands, Event, Id, JsonValue, Kind } from "../bindings/contract";

/** A named choice: a language, brand, template, format or pack. */
export interface Entry {
  id: string;
  title: string;
  /** Other members of the entry, as the core wrote them. */
  [more: string]: JsonValue | undefined;
}

/** What the window knows about the open engagement before it asks for objects. */
export interface AppState {
  path: string | null;
  title: string;
  read_only: boolean;
  recovered: boolean;
  languages: string[];
  brands: Entry[];
  templates: Entry[];
  formats: Entry[];
  packs: Entry[];
  home: string;
}

/** An engagement that was open before. */
export interface Recent {
  path: string;
  client: string;
  system: string;
  opened_at: string;
  missing: boolean;
}

/** One page of the compiled report; sizes in points. */
export interface PageBox {
  hash: string;
  width: number;
  height: number;
}

/** A heading of the compiled report; `page` counts from 0, `y` in points. */
export interface OutlineEntry {
  title: string;
  level: number;
  page: number;
  y: number;
}

/** Why the last compile is not the current text. */
export interface LayoutProblem {
  message: string;
  kind?: Kind | null;
  id?: Id | null;
  field?: string | null;
  line?: number | null;
}

/** The state of the typeset report. */
export interface Layout {
  revision: number;
  pages: PageBox[];
  outline: OutlineEntry[];
  problems: LayoutProblem[];
  fresh: boolean;
}

/** A place in a field; `offset` in UTF-16 units. */
export interface Place {
  kind: Kind;
  id: Id;
  field: string;
  offset: number;
}

/** A box on a page; points, `page` from 0. */
export interface PageArea {
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A run of text on a page, for copying and searching. */
export interface PageText {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The raw text around a place of an artifact; `line` counts from 1. */
export interface SourceText {
  text: string;
  first_line: number;
  line: number;
  length: number;
}

type Nothing = Partial<Record<symbol, never>>;

/** Words that the contract gains beside its object words. */
interface LaterCommands {
  open: { ask: { path: string }; answer: AppState };
  create: {
    ask: {
      path: string;
      client: string;
      system: string;
      language?: string;
      currency?: string;
      brand?: string;
      packs?: string[];
    };
    answer: AppState;
  };
  sample: { ask: { path: string }; answer: AppState };
  close: { ask: Nothing; answer: AppState };
  state: { ask: Nothing; answer: AppState };
  recents: { ask: Nothing; answer: Recent[] };
  forget_recent: { ask: { path: string }; answer: Recent[] };
  cancel: { ask: Nothing; answer: JsonValue };
  pack: { ask: Nothing; answer: Pack[] };
  source: { ask: { artifact: Id; at: string; lines: number }; answer: SourceText };
  reorder: { ask: { kind: Kind; id: Id; after: Id | null }; answer: Changes };
  update_many: { ask: { kind: Kind; ids: Id[]; fields: Record<string, JsonValue> }; answer: Changes };
  delete_many: { ask: { kind: Kind; ids: Id[] }; answer: Changes };
  layout: { ask: Nothing; answer: Layout };
  locate: { ask: { page: number; x: number; y: number }; answer: Place | null };
  place: { ask: Place; answer: PageArea | null };
  page_text: { ask: { page: number }; answer: PageText[] };
}

/** Every word of the core: the contract's, and those above until the contract has them. */
export type Words = Commands & Omit<LaterCommands, keyof Commands>;
export type Ask<W extends keyof Words> = Words[W]["ask"];
export type Answer<W extends keyof Words> = Words[W]["answer"];

/** What the core tells unasked. */
export type HostEvent =
  | { event: "changed"; changes: Changes }
  | Event
  | { event: "layout"; layout: Layout }
  | { event: "opened" }
  | { event: "closed" }
  | { event: "dropped"; paths: string[] }
  | { event: "dragging"; over: boolean };
export type HostEventName = HostEvent["event"];
export type HostEventOf<N extends HostEventName> = Extract<HostEvent, { event: N }>;

export type PickOpen = "engagement" | "files" | "folder" | "image" | "pack";
export type PickSave = "engagement" | "pdf" | "folder" | "file";

/** How the window reaches the core and the desktop. One implementation a surrounding. */
export interface Host {
  readonly name: "tauri" | "twin" | "fake";
  call<W extends keyof Words>(word: W, ask: Ask<W>): Promise<Answer<W>>;
  /** Every event of the core; the answer stops listening. */
  listen(listener: (event: HostEvent) => void): () => void;
  pageUrl(hash: string, scale: number): string;
  imageUrl(sha256: string): string;
  pickOpen(what: PickOpen): Promise<string[] | null>;
  pickSave(what: PickSave, suggestedName: string): Promise<string | null>;
  openPageWindow(): Promise<void>;
  openLink(url: string): Promise<void>;
}

/** Narrows anything thrown to the core's error. */
export function asAppError(thrown: unknown): AppError {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown && "code" in thrown) {
    return thrown as AppError;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "failed", message, hint: null, field: null };
}

/** A pack as `pack` answers it; see the pack crate's schema for the meaning. */
export interface Pack {
  id: string;
  version: string;
  title: string;
  description?: string;
  [more: string]: unknown;
}
