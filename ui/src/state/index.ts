/** What pages use of the state. See each module for the meaning of its names. */
export * from "./acts";
export * from "./asked.svelte";
export { fieldKey } from "./drafts";
export * from "./layout.svelte";
export * from "./navigation.svelte";
export * from "./objects.svelte";
export * from "./preferences.svelte";
export * from "./route";
export * from "./session.svelte";
export * from "./toasts.svelte";
