/** Where the pointer is over the canvas, for what is made by keyboard. */
import type { Point } from "../../bindings/contract";

export const pointer: { over: Point | null; place: () => Point } = {
  over: null,
  /** The point of the drawing under the pointer, or in the middle of what is seen. */
  place: () => ({ x: 0, y: 0 }),
};
