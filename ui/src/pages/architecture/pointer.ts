/** Where the pointer is over the canvas, for what is made by keyboard; and what it carries. */
import type { Point } from "../../bindings/contract";

export const pointer: { over: Point | null; place: () => Point } = {
  over: null,
  /** The point of the drawing under the pointer, or in the middle of what is seen. */
  place: () => ({ x: 0, y: 0 }),
};

/** Follows the pointer until it is let go; Escape lets go without doing anything. */
export function follow(told: { move: (event: PointerEvent) => void; up: () => void; cancel: () => void }): void {
  const escape = (key: KeyboardEvent): void => {
    if (key.key !== "Escape") return;
    key.preventDefault();
    key.stopPropagation();
    cancel();
  };
  const stop = (): void => {
    window.removeEventListener("pointermove", told.move);
    window.removeEventListener("pointerup", up);
    window.removeEventListener("pointercancel", cancel);
    window.removeEventListener("keydown", escape, true);
  };
  const up = (): void => (stop(), told.up());
  const cancel = (): void => (stop(), told.cancel());
  window.addEventListener("pointermove", told.move);
  window.addEventListener("pointerup", up);
  window.addEventListener("pointercancel", cancel);
  window.addEventListener("keydown", escape, true);
}
