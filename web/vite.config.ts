import vue from "@vitejs/plugin-vue";
import type { Plugin } from "postcss";
import { defineConfig } from "vitest/config";
import { fontRanges } from "./scripts/fontRangesPlugin.ts";
import { fontSheet } from "./scripts/fontSheetPlugin.ts";

/** Where `npm run dev` finds the server (or `node mock/server.ts`). */
const server = process.env.COMMAND_CENTER ?? "http://127.0.0.1:8080";

/** Element Plus is drawn in pixels; in rem it grows with the root font on a 4K screen, as the wall and our own styles do. */
const remLengths: Plugin = {
  postcssPlugin: "rem-lengths",
  Declaration(declaration) {
    if (!declaration.source?.input.file?.includes("element-plus")) return;
    declaration.value = declaration.value.replace(/(?<![\w.#-])(-?\d*\.?\d+)px/g, (whole, pixels) =>
      Math.abs(Number(pixels)) > 1 ? `${Number(pixels) / 16}rem` : whole,
    );
  },
};

export default defineConfig({
  plugins: [vue(), fontRanges, fontSheet],
  css: { postcss: { plugins: [remLengths] } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: "../src/CommandCenter/wwwroot",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      output: {
        // MapLibre's worker comes as .mjs, which static file servers often send as plain data.
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith(".mjs"))
            ? "assets/[name]-[hash].js"
            : "assets/[name]-[hash][extname]",
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": server, "/hubs": { target: server, ws: true }, "/healthz": server },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node", testTimeout: 30_000 }, // a busy machine is no fault of a test
});
