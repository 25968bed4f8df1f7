/** Builds what browsers load: the widget as one script, beside the page that shows it. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'console',
  publicDir: 'page',
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    // Phones that schools' parents use: WeChat's browser and iOS of some years ago.
    target: ['chrome87', 'safari14'],
    lib: { entry: 'widget/index.ts', formats: ['iife'], name: 'qiao', fileName: () => 'widget.js' },
  },
});
