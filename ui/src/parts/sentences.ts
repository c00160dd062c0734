/** Sentences of the core, known again by their words. Pure. */

/** A sentence as a pattern, with what it names as groups. */
export function patternOf(sentence: string): RegExp {
  const literal = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const parts = sentence.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 1 ? `(?<${part}>.+?)` : literal(part)));
  return new RegExp(`^${parts.join("")}$`, "s");
}
