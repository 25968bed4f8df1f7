/** Builds what browsers load: the customers' widget and the agents' desk, each as one script, beside the pages that show them. */
import { defineConfig } from 'vite';

/** The first that is built clears the folder for all. */
const script = (name: string, target: string[], emptyOutDir: boolean) => ({
  consumer: 'client' as const,
  build: {
    target,
    emptyOutDir,
    copyPublicDir: emptyOutDir,
    lib: { entry: `${name}/index.ts`, formats: ['iife' as const], name: `qiao_${name}`, fileName: () => `${name}.js`, cssFileName: name },
  },
});

export default defineConfig({
  root: 'console',
  publicDir: 'page',
  build: { outDir: '../dist/console' },
  environments: {
    // Phones that schools' parents use: WeChat's browser and iOS of some years ago.
    widget: script('widget', ['chrome87', 'safari14'], true),
    // Agents sit at browsers that know <dialog>.
    desk: script('desk', ['chrome100', 'safari15.4'], false),
    // Supervisors see there which phone must log in to WeChat.
    wechat: script('wechat', ['chrome100', 'safari15.4'], false),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['widget', 'desk', 'wechat']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
