/** The bundle: no inline scripts or styles, so that the node can serve it under a strict content security policy. */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compiledCatalogues } from "./build/compiled-catalogues.ts";

/** The oldest browsers with everything the styles use (light-dark(), popover, text-wrap). */
const browsers = ["chrome123", "firefox125", "safari17.5"];

export default defineConfig({
  plugins: [compiledCatalogues(), react(), tailwindcss()],
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
  build: {
    outDir: "dist",
    target: browsers,
    cssTarget: browsers,
    modulePreload: { polyfill: false },
    // What the first paint of a conversation takes is added up by a test.
    manifest: true,
    // One file for what the first paint takes, not one for each few lines that others share with it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "app", tags: ["$initial"] }] } } },
    // A data: URL would need exceptions in the policy.
    assetsInlineLimit: 0,
    // kB as they lie on the disk; compressed it is a third.
    chunkSizeWarningLimit: 700,
  },
});
