/**
 * The text of an architecture between the editor and the core: what is typed is checked after a moment, becomes the
 * model when it is one, and stays as it is typed when it is none. Kept in memory while the window is open.
 */
import type { AppError, Architecture, Remark } from "../../../bindings/contract";
import { asAppError, call, get, on } from "../../../host";

/** How long typing rests before it is looked at. */
export const CHECK_MS = 300;

export type Standing = "loading" | "accepted" | "typing" | "refused" | "failed" | "waiting";

export class TextSync {
  /** How what stands in the editor stands to the model. */
  standing = $state<Standing>("loading");
  /** What is to be said of the text that was looked at last. */
  remarks = $state.raw<readonly Remark[]>([]);
  identifiers: readonly string[] = [];
  /** Why the core could not be asked. */
  error = $state.raw<AppError | null>(null);
  /** The model's text, when it changed from outside while another is not accepted yet. */
  other = $state.raw<string | null>(null);
  /** What stands in the editor. */
  text = "";
  /** The editor as it was left: its undo and its caret. */
  left: unknown = null;
  #show: ((text: string) => void) | null = null;
  #model = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #working: Promise<void> | null = null;
  #again = false;
  readonly #own = new Set<string>();
  readonly #stop: () => void;
  readonly ready: Promise<void>;

  constructor(readonly architecture: string) {
    this.#stop = on("changed", ({ changes }) => {
      if (changes.changed.some((change) => change.kind === "architectures" && change.id === architecture && change.fields.includes("text"))) void this.#changed(changes.step);
    });
    this.ready = this.#load();
  }

  /** Shows the text in an editor, for as long as the answer is not called. */
  attach(show: (text: string) => void): () => void {
    this.#show = show;
    return () => {
      if (this.#show === show) this.#show = null;
      void this.flush();
    };
  }

  async #load(): Promise<void> {
    try {
      this.#model = ((await get("architectures", this.architecture)) as Architecture).text;
      this.#take(this.#model);
    } catch (thrown) {
      this.error = asAppError(thrown);
      this.standing = "failed";
    }
  }

  /** Whether what stands in the editor is not the model's. */
  get open(): boolean {
    return this.standing !== "loading" && this.text !== this.#model;
  }

  /** What is typed. */
  type(text: string): void {
    this.text = text;
    this.standing = "typing";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), CHECK_MS);
  }

  /** Looks at what was typed, now; resolves when the core has answered. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.standing === "loading") return;
    if (this.#working) {
      this.#again = true;
      return this.#working;
    }
    if (this.standing !== "typing") return;
    this.#working = this.#work().finally(() => (this.#working = null));
    return this.#working;
  }

  async #work(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#look(this.text);
        this.error = null;
      } catch (thrown) {
        this.error = asAppError(thrown);
        this.standing = "failed";
      }
    } while (this.#again);
  }

  async #look(text: string): Promise<void> {
    const { refused, remarks, identifiers } = await call("check_architecture", { text });
    // What was typed meanwhile is looked at next.
    if (text !== this.text) return;
    this.remarks = refused ? [refused] : remarks;
    if (refused) {
      this.standing = "refused";
      return;
    }
    this.identifiers = identifiers;
    if (text === this.#model) {
      this.standing = "accepted";
      return;
    }
    // Two texts for one model: a person chooses.
    if (this.other !== null) {
      this.standing = "waiting";
      return;
    }
    const { changes, architecture } = await call("write_architecture", { architecture: this.architecture, text });
    if (changes.step) this.#own.add(changes.step);
    this.#model = architecture.text;
    if (text === this.text) this.standing = "accepted";
  }

  /** The model changed: by the canvas, by undo, in another window. */
  async #changed(step: string | null): Promise<void> {
    // Its own change may be told before it is answered.
    await this.#working;
    if (step !== null && this.#own.delete(step)) return;
    try {
      const { text } = (await get("architectures", this.architecture)) as Architecture;
      const open = this.open;
      if (text === this.#model && this.other === null) return;
      this.#model = text;
      if (text === this.text || !open) this.#take(text);
      else this.other = text;
    } catch {
      // Removed: the page shows another.
    }
  }

  #take(text: string): void {
    this.other = null;
    this.text = text;
    this.#show?.(text);
    this.standing = "typing";
    void this.flush();
  }

  /** Puts the model's text in place of what was typed. */
  takeModel(): void {
    if (this.other !== null) this.#take(this.other);
  }

  /** Keeps what was typed, in place of the model's text once it is a model. */
  keepOwn(): void {
    this.other = null;
    this.standing = "typing";
    void this.flush();
  }

  /** Drops what was typed. */
  discard(): void {
    this.#take(this.#model);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }
}

const kept = new Map<string, TextSync>();
let listening = false;

/** The text of an architecture, as it was left when it was shown before. */
export function syncOf(architecture: string): TextSync {
  if (!listening) {
    listening = true;
    // Another engagement: nothing of this one stays in memory.
    on("opened", () => {
      for (const each of kept.values()) each.end();
      kept.clear();
    });
    window.addEventListener("beforeunload", () => kept.forEach((each) => void each.flush()));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && kept.forEach((each) => void each.flush()));
  }
  const known = kept.get(architecture) ?? new TextSync(architecture);
  kept.set(architecture, known);
  return known;
}
