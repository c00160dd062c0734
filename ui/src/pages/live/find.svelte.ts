/** Searching the pages: the core finds, the pane shows. */
import { call } from "../../host";
import type { TextHit } from "../../bindings/contract";
import { firstHitFrom, stepHit } from "./lib";

/** Long enough that a word typed quickly is asked for once. */
const PAUSE = 130;

export class Find {
  open = $state(false);
  query = $state("");
  hits = $state.raw<readonly TextHit[]>([]);
  more = $state(false);
  /** Which hit is looked at; -1 for none. */
  at = $state(-1);
  /** Whether the hits are those of the query. */
  done = $state(true);
  #sequence = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The hit that is looked at. */
  get current(): TextHit | null {
    return this.hits[this.at] ?? null;
  }

  /** Looks for the query after a pause; `page` is where one looks, `arrive` is told of the hit to be shown. */
  ask(page: number, arrive: (hit: TextHit | null) => void, pause = PAUSE): void {
    clearTimeout(this.#timer);
    const query = this.query;
    const mine = ++this.#sequence;
    if (query.trim() === "") {
      this.#take([], false, -1);
      return;
    }
    this.done = false;
    this.#timer = setTimeout(async () => {
      const found = await call("find_text", { query }).catch(() => null);
      if (mine !== this.#sequence) return;
      const hits = found?.hits ?? [];
      this.#take(hits, found?.more ?? false, firstHitFrom(hits, page));
      arrive(this.current);
    }, pause);
  }

  /** Looks again in a newer layout, staying at the hit's place in the list. */
  async refresh(): Promise<void> {
    const query = this.query;
    if (!this.open || query.trim() === "") return;
    const mine = ++this.#sequence;
    const found = await call("find_text", { query }).catch(() => null);
    if (mine !== this.#sequence || !found) return;
    this.#take(found.hits, found.more, Math.min(this.at, found.hits.length - 1));
  }

  /** The next hit or the one before, around the ends. */
  step(direction: 1 | -1): TextHit | null {
    this.at = stepHit(this.at, this.hits.length, direction);
    return this.current;
  }

  close(): void {
    this.open = false;
    clearTimeout(this.#timer);
    this.#sequence += 1;
  }

  #take(hits: readonly TextHit[], more: boolean, at: number): void {
    this.hits = hits;
    this.more = more;
    this.at = at;
    this.done = true;
  }
}
