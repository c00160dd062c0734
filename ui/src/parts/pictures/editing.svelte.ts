/** A picture being edited: its edits, what is selected, the way back. Nothing is sent before it is closed. */
import type { Crop, Edits, Mark, MarkColour, MarkKind } from "../../bindings/contract";
import { cropBetween, fitted, isEmpty, moved, noEdits, placed, sameEdits, type Size } from "./geometry";

export type Tool = "select" | "crop" | MarkKind;
/** Which mark is selected, or the crop. */
export type Selection = number | "crop" | null;

export class Editing {
  edits = $state.raw<Edits>(noEdits());
  /** The whole picture's size, once it is known. */
  size = $state.raw<Size>({ width: 0, height: 0 });
  tool = $state<Tool>("select");
  selection = $state.raw<Selection>(null);
  colour = $state<MarkColour>("red");
  #past = $state.raw<Edits[]>([]);
  #future = $state.raw<Edits[]>([]);
  /** What repeated key presses change together is one step. */
  #last = "";
  #start: Edits;

  constructor(start: Edits, now: Edits = start) {
    this.#start = start;
    this.edits = now;
  }

  get changed(): boolean {
    return !sameEdits(this.#start, this.edits);
  }

  /** What was done so far is kept; the way back stays. */
  kept(): void {
    this.#start = this.edits;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  get selected(): Mark | undefined {
    return typeof this.selection === "number" ? this.edits.marks[this.selection] : undefined;
  }

  /** Changes the edits as one step; steps of one name that follow each other are one. */
  change(edits: Edits, name = ""): void {
    if (sameEdits(edits, this.edits)) return;
    if (name === "" || name !== this.#last) this.#past = [...this.#past.slice(-99), this.edits];
    this.#last = name;
    this.#future = [];
    this.edits = edits;
  }

  /** Ends a series of changes that are one step. */
  rest(): void {
    this.#last = "";
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.edits];
    this.#show(before);
  }

  redo(): void {
    const next = this.#future.at(-1);
    if (!next) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.edits];
    this.#show(next);
  }

  #show(edits: Edits): void {
    this.#last = "";
    this.edits = edits;
    if (typeof this.selection === "number" && this.selection >= edits.marks.length) this.selection = null;
    if (this.selection === "crop" && !edits.crop) this.selection = null;
  }

  add(mark: Mark): void {
    if (isEmpty(mark)) return;
    this.change({ ...this.edits, marks: [...this.edits.marks, mark] });
    this.selection = this.edits.marks.length - 1;
    this.tool = "select";
  }

  /** Puts a mark or a crop in the middle, for those who do not draw. */
  place(kind: MarkKind | "crop"): void {
    if (kind !== "crop") return this.add(placed(kind, this.inkOf(kind), this.edits, this.size));
    const { width, height } = this.size;
    if (!this.edits.crop) this.setCrop(cropBetween(width * 0.1, height * 0.1, width * 0.9, height * 0.9, this.size));
    this.selection = this.edits.crop ? "crop" : null;
    this.tool = "select";
  }

  /** A new mark's colour: what is redacted is black unless another was chosen for it. */
  inkOf(kind: MarkKind): MarkColour {
    return kind === "redaction" ? "black" : this.colour;
  }

  put(at: number, mark: Mark, name = ""): void {
    this.change({ ...this.edits, marks: this.edits.marks.with(at, mark) }, name && `${name} ${at}`);
  }

  setCrop(crop: Crop | null, name = ""): void {
    this.change({ ...this.edits, crop: crop && fitted(crop, this.size) }, name);
  }

  setLongest(longest: number | null): void {
    this.change({ ...this.edits, longest }, "longest");
  }

  /** Moves what is selected. */
  nudge(dx: number, dy: number): void {
    const { crop } = this.edits;
    if (this.selection === "crop" && crop) {
      const { width, height } = this.size;
      const to = (at: number, long: number, most: number): number => Math.min(Math.max(at, 0), most - long);
      this.setCrop({ ...crop, x: to(crop.x + dx, crop.width, width), y: to(crop.y + dy, crop.height, height) }, "move crop");
    } else if (typeof this.selection === "number" && this.selected) {
      this.put(this.selection, moved(this.selected, dx, dy, this.size), "move");
    }
  }

  recolour(colour: MarkColour): void {
    const mark = this.selected;
    if (mark && typeof this.selection === "number") this.put(this.selection, { ...mark, colour });
    if (mark?.kind !== "redaction") this.colour = colour;
  }

  /** Takes away what is selected. */
  take(): void {
    const { selection, edits } = this;
    if (selection === "crop") this.change({ ...edits, crop: null });
    else if (typeof selection === "number") this.change({ ...edits, marks: edits.marks.toSpliced(selection, 1) });
    this.selection = null;
  }

  clear(): void {
    this.change(noEdits());
    this.selection = null;
  }
}
