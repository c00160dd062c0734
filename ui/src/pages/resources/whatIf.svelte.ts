/** The answer to "what if these phases are funded", asked anew when the question or the plan changes. */
import type { AppError, WhatIf } from "../../bindings/contract";
import { asAppError, call } from "../../host";

export class Funding {
  value = $state.raw<WhatIf | null>(null);
  error = $state.raw<AppError | null>(null);
  #generation = 0;

  async ask(phases: number[]): Promise<void> {
    const generation = ++this.#generation;
    try {
      const value = await call("what_if", { phases });
      if (generation !== this.#generation) return;
      this.value = value;
      this.error = null;
    } catch (thrown) {
      if (generation === this.#generation) this.error = asAppError(thrown);
    }
  }
}
