/** One architecture as it is edited: its parts, the drawing of the view that is shown, what is selected, what was moved and not drawn yet. */
import { createContext } from "svelte";
import type { Edge, Node } from "@xyflow/svelte";
import type { AppError, ArchitectureParts, ArchitectureReply, Drawing, DrawnBoundary, DrawnBox, DrawnLine, Edit, Kind, Point, Rect, RelationRow, ViewRow } from "../../bindings/contract";
import { asAppError, call, on } from "../../host";
import { attempt } from "../../shared/attempt";
import { session } from "../../state";
import { inContrast } from "./contrast";
import { nodesOf, edgesOf, restored, type Naming } from "./flow";
import type { Guide } from "./geometry";
import { bending, boxesIn, edit, grown, placing, sameElement } from "./lib";
import { shown } from "./shown.svelte";

export type BoxNode = Node<{ drawn: DrawnBox }, "box">;
export type BoundaryNode = Node<{ drawn: DrawnBoundary; at: number }, "boundary">;
export type FlowNode = BoxNode | BoundaryNode;
export type LineEdge = Edge<{ drawn: DrawnLine; at: number }, "line">;

/** What a drawing or the parts are made of beside the architecture itself: findings, what was measured, the brand's colours. */
const TOLD_BY: readonly Kind[] = ["architectures", "findings", "artifacts", "engagement", "brands", "images"];
/** Undo and other windows change several things at once. */
const AFTER_CHANGE_MS = 40;
/** Keys that move are gathered for so long: one step for one way. */
export const NUDGE_MS = 500;
const NOWHERE: ReadonlyMap<string, Point> = new Map();
const NOBODY: ReadonlySet<string> = new Set();

/** The view that is shown of an architecture: the one shown last, else the first. */
const viewIn = (parts: ArchitectureParts, architecture: string): ViewRow | undefined => parts.views.find((view) => view.key === shown.views[architecture]) ?? parts.views[0];

export class Editor {
  readonly architecture: string;
  readonly naming: Naming;
  parts = $state.raw<ArchitectureParts | null>(null);
  drawing = $state.raw<Drawing | null>(null);
  error = $state.raw<AppError | null>(null);
  /** Whether the core draws. */
  busy = $state(false);
  dark = $state(false);
  /** Whether what is drawn has to stand out more than it is printed. */
  contrast = $state(false);
  nodes = $state.raw<FlowNode[]>([]);
  edges = $state.raw<LineEdge[]>([]);
  /** Where boxes stand that the core has not drawn there yet. */
  dragged = $state.raw<ReadonlyMap<string, Point>>(NOWHERE);
  /** Which boxes those are. It changes when another is taken up, not with each frame: what asks this alone rests meanwhile. */
  inHand = $state.raw<ReadonlySet<string>>(NOBODY);
  guides = $state.raw<readonly Guide[]>([]);
  /** A line whose bends are in the hand. */
  bent = $state.raw<{ line: DrawnLine; bends: readonly Point[] } | null>(null);
  /** Whether something is held by the pointer: what the core draws meanwhile waits. */
  held = $state(false);
  /** A field of the panel that is to get the focus once it is there. */
  wanted = $state.raw<string | null>(null);
  /** Told when a view is drawn for the first time, and by how much the drawing's origin moved else. */
  ondrawn: (first: boolean, by: Point) => void = () => undefined;

  readonly view: ViewRow | undefined = $derived.by(() => (this.parts ? viewIn(this.parts, this.architecture) : undefined));
  readonly selected: string[] = $derived(this.nodes.filter((node) => node.selected).map((node) => node.id));
  readonly selectedLine: DrawnLine | undefined = $derived(this.selected.length > 0 ? undefined : this.edges.find((edge) => edge.selected)?.data?.drawn);

  #generation = 0;
  #running = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #soon: ReturnType<typeof setTimeout> | undefined;
  #nudging: ReturnType<typeof setTimeout> | undefined;

  constructor(architecture: string, naming: Naming) {
    this.architecture = architecture;
    this.naming = naming;
  }

  /** Follows the core; the answer stops it. */
  follow(): () => void {
    const stop = on("changed", ({ changes }) => {
      // What this editor changes is loaded by itself.
      if (this.#running > 0 || !changes.changed.some((change) => TOLD_BY.includes(change.kind))) return;
      clearTimeout(this.#soon);
      // The page shows another one in a moment.
      if (changes.changed.some((change) => change.kind === "architectures" && change.id === this.architecture && change.change === "deleted")) return;
      this.#soon = setTimeout(() => void this.load(), AFTER_CHANGE_MS);
    });
    return () => {
      stop();
      clearTimeout(this.#soon);
      this.settle();
      this.#generation += 1;
    };
  }

  /** Asks for the parts and draws the view; both are shown together. */
  async load(): Promise<void> {
    const generation = ++this.#generation;
    this.busy = true;
    try {
      const parts = await call("architecture", { architecture: this.architecture });
      const key = viewIn(parts, this.architecture)?.key;
      const { overlay, perspective } = shown;
      const drawing = key === undefined ? null : await call("draw_view", { architecture: this.architecture, view: key, overlay, perspective, dark: this.dark, editing: true });
      // What is held is not taken out of the hand: it is drawn anew when it is put down.
      if (generation !== this.#generation || this.held) return;
      this.#take(parts, drawing);
      this.error = null;
    } catch (thrown) {
      if (generation === this.#generation) this.error = asAppError(thrown);
    } finally {
      if (generation === this.#generation) this.busy = false;
    }
  }

  #take(parts: ArchitectureParts, drawing: Drawing | null): void {
    const before = this.drawing;
    const known = this.parts?.elements ?? [];
    const same = before?.key === drawing?.key;
    const kept = same ? this.selected.map((id) => (known.some((row) => row.key === id) ? sameElement(known, parts.elements, id) : id)) : [];
    this.parts = parts;
    this.drawing = drawing && this.contrast ? inContrast(drawing) : drawing;
    drawing = this.drawing;
    this.bent = null;
    this.#letGo();
    this.guides = [];
    this.nodes = drawing ? nodesOf(drawing, parts, this.naming).map((node) => (kept.includes(node.id) ? { ...node, selected: true } : node)) : [];
    this.edges = drawing ? restored(edgesOf(drawing), same ? this.edges : []) : [];
    const by = before && drawing && same ? { x: drawing.origin.x - before.origin.x, y: drawing.origin.y - before.origin.y } : { x: 0, y: 0 };
    if (drawing) this.ondrawn(!same, by);
  }

  /** Makes edits as one step, one after the other, and shows what came of them. Null when the core refused: it was said. */
  run(edits: Edit[], then?: (reply: ArchitectureReply) => void): Promise<ArchitectureReply | null> {
    const work = this.#queue.then(async () => {
      if (session.readOnly || edits.length === 0) return null;
      let reply: ArchitectureReply | null = null;
      this.#running += 1;
      const went = await attempt(call("edit_architecture", { architecture: this.architecture, edits }).then((answer) => (reply = answer)));
      this.#running -= 1;
      if (!went) this.putBack();
      await this.load();
      if (reply) then?.(reply);
      return reply;
    });
    this.#queue = work.catch(() => undefined);
    return work;
  }

  /** Selects elements, or nothing. */
  select(...ids: string[]): void {
    this.nodes = this.nodes.map((node) => (node.selected === ids.includes(node.id) ? node : { ...node, selected: ids.includes(node.id) }));
    this.edges = this.edges.map((edge) => (edge.selected ? { ...edge, selected: false } : edge));
  }

  /** Selects a relation where the view shows it; answers whether it does. */
  selectLine(relation: string): boolean {
    const found = this.edges.find((edge) => edge.data?.drawn.id === relation);
    if (!found) return false;
    this.select();
    this.edges = this.edges.map((edge) => (edge.id === found.id ? { ...edge, selected: true } : edge));
    return true;
  }

  /** Shows another view. */
  show(key: string): void {
    this.settle();
    shown.views[this.architecture] = key;
    void this.load();
  }

  /** What boxes move when this is moved: those that are selected with it, those in a boundary. */
  boxesOf(ids: readonly string[]): string[] {
    const { drawing } = this;
    if (!drawing) return [];
    const found = new Set<string>();
    for (const node of this.nodes) {
      if (!ids.includes(node.id)) continue;
      if (node.type === "box") found.add(node.id);
      else for (const box of boxesIn(drawing, node.data.at)) found.add(box.element);
    }
    return [...found];
  }

  /** Where the core drew boxes, by element. */
  readonly #drawn: ReadonlyMap<string, Rect> = $derived(new Map(this.drawing?.boxes.map((box) => [box.element, box.rect])));

  /** Where a box stands now. */
  rect(element: string): Rect | undefined {
    const rect = this.#drawn.get(element);
    return rect && (this.inHand.has(element) ? { ...rect, ...this.dragged.get(element) } : rect);
  }

  /** Where the core drew the end of a line. */
  was(element: string): Rect | undefined {
    return this.#drawn.get(element) ?? this.drawing?.boundaries.find((each) => each.element === element)?.rect;
  }

  /** Whether an end of a line may stand elsewhere than it was drawn: boxes in the hand, and boundaries, which grow with them. */
  away(element: string): boolean {
    return this.inHand.has(element) || (this.inHand.size > 0 && !this.#drawn.has(element));
  }

  /** Where the end of a line stands while something is dragged, when it is dragged itself. */
  end(element: string): Rect | undefined {
    return this.rect(element) ?? this.boundary(this.drawing?.boundaries.findIndex((each) => each.element === element) ?? -1);
  }

  /** Where a boundary stands now. */
  boundary(at: number): Rect | undefined {
    const { drawing } = this;
    if (!drawing || at < 0) return undefined;
    return (this.dragged.size > 0 ? grown(drawing, at, this.dragged) : null) ?? drawing.boundaries[at]?.rect;
  }

  /**
   * Puts boxes elsewhere without asking the core. They are moved where they are drawn (`BoxNode`): the canvas goes over all
   * its nodes and edges whenever one of them is another, which is too much for each frame of a drag.
   */
  carry(at: ReadonlyMap<string, Point>, guides: readonly Guide[] = []): void {
    this.dragged = new Map([...this.dragged, ...at]);
    if (this.dragged.size !== this.inHand.size) this.inHand = new Set(this.dragged.keys());
    this.guides = guides;
    let other = false;
    const nodes = this.nodes.map((node) => {
      const rect = node.type === "boundary" ? this.boundary(node.data.at) : undefined;
      if (!rect || (rect.x === node.position.x && rect.y === node.position.y && rect.w === node.width && rect.h === node.height)) return node;
      other = true;
      return { ...node, position: { x: rect.x, y: rect.y }, width: rect.w, height: rect.h };
    });
    if (other) this.nodes = nodes;
  }

  /** Puts everything back to where the core drew it. */
  putBack(): void {
    const { drawing } = this;
    if (!drawing || this.dragged.size === 0) return;
    this.carry(new Map(drawing.boxes.map((box) => [box.element, { x: box.rect.x, y: box.rect.y }])));
    this.#letGo();
    this.guides = [];
  }

  #letGo(): void {
    this.dragged = NOWHERE;
    this.inHand = NOBODY;
  }

  /** Keeps where boxes were put. */
  keep(): Promise<unknown> {
    const { drawing, view } = this;
    this.guides = [];
    if (!drawing || !view || this.dragged.size === 0) return Promise.resolve();
    return this.run([placing(drawing, view.placed, this.dragged)]);
  }

  /** Leads a line over bends; without any, the core leads it. */
  bend(line: DrawnLine, bends: readonly Point[]): Promise<unknown> {
    const { drawing, view } = this;
    if (!drawing || !view) return Promise.resolve();
    this.bent = { line, bends };
    // A line that is bent belongs to boxes that stay where they are.
    const still = view.placed || bends.length === 0 ? [] : [placing(drawing, false, NOWHERE)];
    return this.run([...still, bending(drawing, line, bends)]);
  }

  /** Moves what is selected, by keyboard: several presses are one step. */
  nudge(dx: number, dy: number): void {
    if (session.readOnly) return;
    const at = new Map<string, Point>();
    for (const element of this.boxesOf(this.selected)) {
      const rect = this.rect(element);
      if (rect) at.set(element, { x: rect.x + dx, y: rect.y + dy });
    }
    if (at.size === 0) return;
    this.carry(at);
    clearTimeout(this.#nudging);
    this.#nudging = setTimeout(() => this.settle(), NUDGE_MS);
  }

  /** Takes back what was moved by keyboard and not kept yet; answers whether there was something. */
  unsettle(): boolean {
    if (this.#nudging === undefined) return false;
    clearTimeout(this.#nudging);
    this.#nudging = undefined;
    this.putBack();
    return true;
  }

  /** Keeps at once what was moved by keyboard. */
  settle(): void {
    if (this.#nudging === undefined) return;
    clearTimeout(this.#nudging);
    this.#nudging = undefined;
    void this.keep();
  }

  /** Adds a relation, or a step on a dynamic view, and asks for its words. */
  async relate(source: string, destination: string): Promise<void> {
    const { view } = this;
    if (view?.kind === "dynamic") {
      await this.run([edit("add_step", { view: view.key, source, destination })]);
      this.selectLineBetween(source, destination);
      return;
    }
    const known = new Set(this.parts?.relations.map((one) => one.id));
    const reply = await this.run([edit("add_relation", { source, destination })]);
    const made: RelationRow | undefined = reply ? this.parts?.relations.find((one) => !known.has(one.id)) : undefined;
    if (!made) return;
    if (!this.selectLine(made.id)) this.selectLineBetween(source, destination);
    this.wanted = "description";
  }

  selectLineBetween(source: string, destination: string): void {
    const found = this.edges.findLast((edge) => edge.source === source && edge.target === destination);
    if (found?.data) this.selectLine(found.data.drawn.id);
  }
}

export const [editorHere, setEditor] = createContext<Editor>();
