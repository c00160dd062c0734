import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

/** The loopback twin of the core: `groma-twin --port 7878`. */
const core = process.env.GROMA_TWIN ?? "http://127.0.0.1:7878";

export default defineConfig({
  plugins: [svelte()],
  // Relative addresses: the window is served from a custom scheme, the twin from its root.
  base: "./",
  build: {
    target: "safari16",
    // Inlined assets would be data: addresses, which the policy allows for pictures only.
    assetsInlineLimit: 0,
    // The polyfill is an inline script in all but name.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 5173,
    strictPort: true,
    // Drawings are shown in the fonts that they were measured with.
    fs: { allow: [".", "../assets/fonts"] },
    proxy: { "/call": core, "/events": core, "/page": core, "/image": core },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
  },
  // Tests run the client build of Svelte: runes in `.svelte.ts` react as in the window.
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
});
