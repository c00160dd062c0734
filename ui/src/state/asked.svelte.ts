/** Answers that the core computes (score, plan, check, …), asked on first use and again after changes. */
import { SvelteMap, createSubscriber } from "svelte/reactivity";
import type { AppError, Kind } from "../bindings/contract";
import { asAppError, call, on, type Answer, type Ask, type Words } from "../host";
import { inPause } from "./typing";

const AFTER_CHANGE_MS = 350;

interface Reply {
  value: unknown;
  error: AppError | null;
  loading: boolean;
}
const NONE: Reply = { value: undefined, error: null, loading: false };
// One map made before anything reads it: a derived value does not follow state that was made inside it.
const replies = new SvelteMap<string, Reply>();

/** A computed answer. `value` keeps the last one while a new one is on its way. */
export class Asked<W extends keyof Words> {
  #notSoon = (): void => undefined;
  /** When the change came that is not known of yet. */
  #since: number | null = null;
  #generation = 0;
  #shown = false;
  #stale = true;
  readonly #follow = createSubscriber(() => {
    this.#shown = true;
    // Not at once: nothing may be written while a derived value is computed.
    queueMicrotask(() => this.refreshIfStale());
    return () => void (this.#shown = false);
  });

  constructor(
    private readonly key: string,
    readonly word: W,
    readonly ask: Ask<W>,
    /** Only changes of these kinds ask again; all when not given. */
    readonly kinds: readonly Kind[] | null,
  ) {}

  get value(): Answer<W> | undefined {
    this.#follow();
    return replies.get(this.key)?.value as Answer<W> | undefined;
  }

  get error(): AppError | null {
    this.#follow();
    return replies.get(this.key)?.error ?? null;
  }

  get loading(): boolean {
    this.#follow();
    return replies.get(this.key)?.loading ?? false;
  }

  #put(change: Partial<Reply>): void {
    replies.set(this.key, { ...(replies.get(this.key) ?? NONE), ...change });
  }

  /** Asks now. */
  async refresh(): Promise<void> {
    const generation = ++this.#generation;
    this.#stale = false;
    this.#since = null;
    this.#put({ loading: true });
    try {
      const value = await call(this.word, this.ask);
      if (generation === this.#generation) this.#put({ value, error: null, loading: false });
    } catch (thrown) {
      if (generation === this.#generation) this.#put({ error: asAppError(thrown), loading: false });
    }
  }

  /** Asks when what is known is older than the last change, and will not be asked in a moment anyway. */
  refreshIfStale(): void {
    if (this.#stale && this.#since === null && !closed) void this.refresh();
  }

  /** Asks again in a moment, or when it is next shown. */
  refreshSoon(): void {
    this.#stale = true;
    this.#notSoon();
    if (!this.#shown) return;
    this.#since ??= performance.now();
    this.#notSoon = inPause(() => void this.refresh(), AFTER_CHANGE_MS, this.#since);
  }

  reset(): void {
    this.#generation += 1;
    this.#notSoon();
    this.#since = null;
    this.#stale = true;
    replies.delete(this.key);
  }
}

let closed = false;
const known = new Map<string, Asked<keyof Words>>();

/**
 * The answer to a question without side effects, shared by all who ask it: `asked("plan", {}).value`.
 * Reactive; asked on first use and again after changes (of `kinds`, when given).
 */
export function asked<W extends keyof Words>(word: W, ask: Ask<W>, kinds: readonly Kind[] | null = null): Asked<W> {
  const key = `${word} ${JSON.stringify(ask)}`;
  let found = known.get(key) as Asked<W> | undefined;
  if (!found) {
    found = new Asked(key, word, ask, kinds);
    known.set(key, found as unknown as Asked<keyof Words>);
  }
  const wanted = found;
  queueMicrotask(() => wanted.refreshIfStale());
  return found;
}

/** Forgets the answers: another engagement was opened, or none. */
export function forgetAsked(open: boolean): void {
  closed = !open;
  for (const each of known.values()) {
    each.reset();
    if (open) each.refreshSoon();
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
