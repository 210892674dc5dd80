// Builds the widget twice: the panel with its parts (modules, named by their content), then the loader that knows the panel's name.
import { readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const source = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(source, "..", "built"));
const shared = { configFile: false, root: source, logLevel: "warn", base: "./", publicDir: false };

rmSync(out, { recursive: true, force: true });
await build({
  ...shared,
  build: {
    outDir: out,
    emptyOutDir: true,
    target: "es2021",
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: { panel: join(source, "panel.tsx"), home: join(source, "home.ts"), preview: join(source, "preview.ts") },
      preserveEntrySignatures: "allow-extension",
      output: {
        format: "es",
        entryFileNames: (chunk) => (chunk.name === "panel" ? "widget/panel-[hash].js" : "pages/[name].js"),
        chunkFileNames: "widget/[name]-[hash].js",
      },
    },
  },
});
const panel = readdirSync(join(out, "widget")).find((name) => /^panel-.*\.js$/.test(name));
await build({
  ...shared,
  define: { PANEL: JSON.stringify(`./widget/${panel}`) },
  build: {
    outDir: out,
    emptyOutDir: false,
    target: "es2021",
    reportCompressedSize: false,
    rollupOptions: {
      input: join(source, "loader.ts"),
      output: { format: "iife", entryFileNames: "widget.js" },
    },
  },
});
