/** Elements of architectures as they are named from elsewhere: by findings, by a comparison. */
import type { ElementRow } from "../bindings/contract";
import { go } from "../state";

/** Where an element's name leads: its key, or else the first that is called so. */
export function named(elements: readonly ElementRow[], name: string): ElementRow | undefined {
  return elements.find((row) => row.key === name) ?? elements.find((row) => row.name === name);
}

/** An element that the page of architectures is to show and select; it forgets it once that is done. */
export const wish = $state<{ element: { architecture: string; name: string } | null }>({ element: null });

/** Goes to an element of an architecture, on a view that shows it. */
export function goElement(architecture: string, name: string): void {
  wish.element = { architecture, name };
  go({ page: "architecture", kind: "architectures", id: architecture });
}
