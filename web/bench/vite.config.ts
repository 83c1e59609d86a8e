import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig, type Plugin } from "vite";
import { fontRanges } from "../scripts/fontRangesPlugin.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The soak drives the real page; only the wire is ours, so that frames can come as fast as the page takes them. */
const fakeWire: Plugin = {
  name: "fake-wire",
  enforce: "pre",
  resolveId: (source) => (source.endsWith("/signalrFeed") ? here("fakeFeed.ts") : null),
};

export default defineConfig({
  root: here("."),
  plugins: [fakeWire, vue(), fontRanges],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: Object.fromEntries(
        ["markers", "decode", "soak", "tracks", "playback"].map((name) => [name, here(`${name}.html`)]),
      ),
    },
  },
});
