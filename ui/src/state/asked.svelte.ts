/** Answers that the core computes (score, plan, check, …), asked on first use and again after changes. */
import type { AppError, Kind } from "../bindings/contract";
import { asAppError, call, on, type Answer, type Ask, type Words } from "../host";

const AFTER_CHANGE_MS = 350;

/** A computed answer. `value` keeps the last one while a new one is on its way. */
export class Asked<W extends keyof Words> {
  value = $state.raw<Answer<W> | undefined>(undefined);
  error = $state.raw<AppError | null>(null);
  loading = $state(false);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #generation = 0;

  constructor(
    readonly word: W,
    readonly ask: Ask<W>,
    /** Only changes of these kinds ask again; all when not given. */
    readonly kinds: readonly Kind[] | null,
  ) {}

  /** Asks now. */
  async refresh(): Promise<void> {
    const generation = ++this.#generation;
    this.loading = true;
    try {
      const value = await call(this.word, this.ask);
      if (generation !== this.#generation) return;
      this.value = value;
      this.error = null;
    } catch (thrown) {
      if (generation === this.#generation) this.error = asAppError(thrown);
    } finally {
      if (generation === this.#generation) this.loading = false;
    }
  }

  /** Asks again in a moment. */
  refreshSoon(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), AFTER_CHANGE_MS);
  }

  reset(): void {
    this.#generation += 1;
    this.value = undefined;
    this.error = null;
    this.loading = false;
  }
}

const known = new Map<string, Asked<keyof Words>>();

/**
 * The answer to a question without side effects, shared by all who ask it: `asked("plan", {}).value`.
 * Reactive; asked on first use and again after changes (of `kinds`, when given).
 */
export function asked<W extends keyof Words>(word: W, ask: Ask<W>, kinds: readonly Kind[] | null = null): Asked<W> {
  const key = `${word} ${JSON.stringify(ask)}`;
  let found = known.get(key) as Asked<W> | undefined;
  if (!found) {
    found = new Asked(word, ask, kinds);
    known.set(key, found as unknown as Asked<keyof Words>);
    const first = found;
    queueMicrotask(() => void first.refresh());
  }
  return found;
}

/** Forgets the answers, and asks again what is in use: another engagement was opened, or none. */
export function forgetAsked(open: boolean): void {
  for (const each of known.values()) {
    each.reset();
    if (open) void each.refresh();
  }
}

/** Starts following the core; the answer stops it. */
export function followAsked(): () => void {
  return on("changed", ({ changes }) => {
    const kinds = new Set(changes.changed.map((change) => change.kind));
    for (const each of known.values()) {
      if (each.kinds === null || each.kinds.some((kind) => kinds.has(kind))) each.refreshSoon();
    }
  });
}
