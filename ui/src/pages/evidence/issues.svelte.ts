/** The issues of an artifact or a candidate, asked for in pages, so that the first rows of many thousands are there at once. */
import type { AppError, Issue } from "../../bindings/contract";
import { asAppError, call, type Ask } from "../../host";

const PAGE = 4000;

export class IssueRows {
  rows = $state.raw<Issue[]>([]);
  error = $state.raw<AppError | null>(null);
  done = $state(false);
  #stopped = false;

  constructor(ask: Pick<Ask<"issues">, "artifact" | "group">) {
    void this.#load(ask);
  }

  async #load(ask: Pick<Ask<"issues">, "artifact" | "group">): Promise<void> {
    try {
      for (let offset = 0; !this.#stopped; offset += PAGE) {
        const page = await call("issues", { ...ask, offset, limit: PAGE });
        if (this.#stopped) return;
        this.rows = offset === 0 ? page : [...this.rows, ...page];
        if (page.length < PAGE) break;
      }
    } catch (thrown) {
      this.error = asAppError(thrown);
    }
    this.done = true;
  }

  stop(): void {
    this.#stopped = true;
  }
}
