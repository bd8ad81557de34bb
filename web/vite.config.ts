import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA, type VitePWAOptions } from 'vite-plugin-pwa';
import { messages } from './build/messages.ts';
import { scopeIds } from './build/scope-ids.ts';

/** Modes: `production` (Firebase project by `VITE_FIREBASE_*`), `emulators` (the demo workspace). */
export default defineConfig(({ mode }) => {
  const emulators = mode === 'emulators';
  return {
    plugins: [messages(), vue({ features: { componentIdGenerator: scopeIds() } }), VitePWA(pwa)],
    define: {
      'import.meta.env.VITE_EMULATORS': JSON.stringify(emulators ? '1' : ''),
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      // One sheet for all: parts that come later have little of their own, and apart they compress worse.
      cssCodeSplit: false,
      target: 'es2023',
      // After Rolldown's own minifier: together 1.5 kB (gzip) less than either alone.
      minify: 'terser',
      terserOptions: { module: true, ecma: 2020, compress: { passes: 2 } },
      outDir: 'dist',
      manifest: true,
      sourcemap: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          minify: true,
          codeSplitting: {
            groups: [
              { name: 'vue', test: /node_modules\/(@?vue|vue-router)\//, priority: 5 },
              // Chunks with all that they import and no chunk above has: small ones compress worse.
              {
                name: 'start',
                test: /src\/(App\.vue|router\/index\.ts|pages\/SignInPage\.vue)/,
                priority: 3,
              },
              // With what Firestore stands on too: nothing is asked of Firestore before a sign-in is known.
              {
                name: 'auth',
                test: /src\/data\/firebase\.ts|node_modules\/(@firebase\/(app|util|component|logger)|firebase\/app|idb)\//,
                priority: 2,
              },
              { name: 'firestore', test: /src\/data\/browser-store\.ts/, priority: 1 },
              { name: 'inbox', test: /src\/pages\/inbox\.ts/, priority: 0 },
            ],
          },
        },
      },
    },
    worker: { format: 'es' },
    server: { port: 5170, strictPort: true },
    preview: { port: 5171, strictPort: true },
  };
});

/** The shell is precached; a new version waits until the page asks (`src/pwa.ts`). */
const pwa: Partial<VitePWAOptions> = {
  strategies: 'injectManifest',
  srcDir: 'src/sw',
  filename: 'sw.ts',
  injectRegister: false,
  registerType: 'prompt',
  manifestFilename: 'manifest.webmanifest',
  manifest: {
    id: '/',
    name: 'Switchboard',
    short_name: 'Switchboard',
    description: 'One WhatsApp number, a whole team behind it, one person answering.',
    start_url: '/inbox/mine',
    scope: '/',
    display: 'standalone',
    background_color: '#161B25',
    theme_color: '#161B25',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  injectManifest: {
    globPatterns: ['index.html', 'assets/*.{js,css}', 'icons/icon.svg'],
    // Kept when it is first opened (`sw.ts`): what an admin's pages, sending more than a text, and looking
    // at media closely need. Of the later texts each device keeps its own language's (`pwa.ts`).
    globIgnores: [
      '**/*.map',
      'assets/{admin,ledger,alerts,voice-note,FileTray,TemplateComposer,TemplateDialog,StructuredSheet,SeenFrame,TextExtras,MediaViewer,MediaGallery,AssignSheet,KeysSheet,opus-worker,decoded}-*',
      'assets/_messages-*-{ledger,structured,later}-*',
    ],
    sourcemap: false,
  },
};
