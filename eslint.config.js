import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';
import { featureIndex } from './scripts/lint/feature-index.mjs';
import { cssParser, physicalCss } from './scripts/lint/physical-css.mjs';

/*
 * The layers of docs/architecture.md as lint: every message says what to use instead. Directions are
 * kept here and nowhere else; a file that may do more than its folder is named in this file.
 */

/** Imports that no package may make, wherever it is. */
const everywhere = [
  {
    regex: '^@switchboard/tests|(^|/)tests(/|$)',
    message: 'Nothing imports tests: move what is shared to `domain/src/testing`.',
  },
  {
    regex: '^(\\.\\./)+(domain|functions|web|sandbox)/',
    message:
      'Import another package by its name (`@switchboard/domain`), never by a relative path.',
  },
  {
    regex: '^@switchboard/[^/]+/src',
    message: 'Import what the package exports (`@switchboard/domain`), not its insides.',
  },
];

const firebase = '^(firebase|@firebase/|firebase-admin|firebase-functions|@google-cloud/)';

/** @param {{regex: string, message: string}[]} patterns */
const imports = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: [...everywhere, ...patterns] }],
});

/** Only these packages and relative paths. @param {string} allowed @param {string} message */
const onlyImports = (allowed, message) => ({
  regex: `^(?!(?:${allowed})|\\.{1,2}/|\\.\\.?$)`,
  message,
});

const clockAndChance = [
  {
    object: 'Date',
    property: 'now',
    message: 'The domain has no clock: take `now` (epoch ms) as an argument.',
  },
  {
    object: 'performance',
    property: 'now',
    message: 'The domain has no clock: take `now` (epoch ms) as an argument.',
  },
  {
    object: 'Math',
    property: 'random',
    message: 'The domain has no chance: take the id or number as an argument.',
  },
];

/** What only an adapter of the functions may reach for, with the port that gives it. */
const portsOnly = {
  properties: [
    ['Date', 'now', 'Ask the `Clock` port: `ports.clock.now()`.'],
    ['performance', 'now', 'Ask the `Clock` port: `ports.clock.now()`.'],
    ['Math', 'random', 'Ask the `Clock` port: `ports.clock.newId()`, or take the number.'],
  ].map(([object, property, message]) => ({ object, property, message })),
  globals: ['fetch', 'setTimeout', 'setInterval', 'crypto'],
};

const noImplicitNow = [
  {
    selector:
      'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
    message: 'The domain has no clock: take `now` (epoch ms) as an argument.',
  },
];

/** @param {string[]} names @param {string} message */
const globals = (names, message) => names.map((name) => ({ name, message }));

const domainGlobals = [
  ...globals(['console'], 'The domain does not log: return what happened, the caller logs it.'),
  ...globals(
    ['fetch', 'XMLHttpRequest', 'WebSocket', 'indexedDB', 'localStorage'],
    'The domain does no I/O: decide here, act in an adapter.',
  ),
  ...globals(
    ['process', 'Buffer', 'require', '__dirname'],
    'The domain runs in browsers too: take the value as an argument.',
  ),
  ...globals(
    ['crypto'],
    'The domain has no chance and no keys: take the id or hash as an argument.',
  ),
  ...globals(
    ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
    'A deadline is data: return the time, the caller wakes.',
  ),
  ...globals(
    ['window', 'document', 'navigator'],
    'The domain has no browser: take the value as an argument.',
  ),
];

const noConsole = globals(
  ['console'],
  'Use the `Log` port in functions; in web report through the shared error surface.',
);

const processEnv = {
  object: 'process',
  property: 'env',
  message: 'Settings are read in `functions/src/platform` only: take the value as an argument.',
};

const browserStorage = globals(
  ['localStorage', 'sessionStorage'],
  'Use `web/src/data/storage.ts`: the one module that survives private mode, quota and wiping.',
);

const TESTS = ['**/*.test.ts', '**/testing/**'];

/** What nothing in the app may import outside `web/src/data`. */
const inTheApp = [
  { regex: firebase, message: 'Firebase lives in `web/src/data`: call what it exports.' },
  { regex: '^@switchboard/(?!domain)', message: 'The app imports `@switchboard/domain` only.' },
  { regex: '^node:', message: 'The app runs in a browser: use the web platform.' },
];

/** @param {string[]} folders of `web/src` @param {string} message */
const notFrom = (folders, message) => ({
  regex: `^(\\.\\./)+(${folders.join('|')})(/|$)`,
  message,
});

/** The routes' names are a leaf that everything above `data` may know. */
const router = 'router(?!/names\\.ts$)';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/dist-*/**',
      '**/dev-dist/**',
      '.cache/**',
      '.firebase/**',
      'coverage/**',
      '**/test-results/**',
      '**/playwright-report/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  // Customers' texts carry control characters, and the code that cleans them names them.
  { rules: { 'no-control-regex': 'off' } },

  // TypeScript, with types.
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        // One program for all packages: checking each in its own takes half as long again.
        project: ['tsconfig.lint.json', 'web/src/sw/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // A port is asynchronous by contract; an implementation in memory need not await.
      '@typescript-eslint/require-await': 'off',
      // A port is a bag of functions, taken apart where it is used.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['**/*.{ts,vue,js,mjs}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-globals': ['error', ...noConsole],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
      ...imports(),
    },
  },

  // domain: pure.
  {
    files: ['domain/src/**/*.ts'],
    ignores: TESTS,
    rules: {
      ...imports(
        onlyImports(
          'valibot$',
          'The domain imports valibot and itself only: take what you need as an argument.',
        ),
      ),
      'no-restricted-globals': ['error', ...domainGlobals],
      'no-restricted-properties': ['error', ...clockAndChance],
      'no-restricted-syntax': ['error', ...noImplicitNow],
    },
  },
  {
    files: ['domain/src/**/*.test.ts', 'domain/src/testing/**/*.ts'],
    rules: imports(
      onlyImports(
        'valibot$|vitest$|fast-check$|@switchboard/domain',
        'Tests of the domain need valibot, vitest and fast-check only.',
      ),
    ),
  },

  // functions: the SDKs lie behind ports.
  {
    files: ['functions/src/**/*.ts'],
    ignores: TESTS,
    rules: {
      ...imports(
        {
          regex: firebase,
          message:
            'Firebase lies behind a port: use `functions/src/ports.ts`, or put this into `functions/src/adapters`.',
        },
        {
          regex: '^@switchboard/(?!domain)',
          message: 'Functions import `@switchboard/domain` only.',
        },
        {
          regex: '^(\\.{1,2}/)+(.*/)?adapters/',
          message:
            'Take a port from `functions/src/ports.ts` as an argument: only `src/index.ts` wires adapters.',
        },
      ),
      'no-restricted-properties': ['error', processEnv],
    },
  },
  {
    files: ['functions/src/**/*.ts'],
    // `in-time.ts` bounds how long a person or Meta waits, whatever clock a test has.
    ignores: [
      ...TESTS,
      'functions/src/{adapters,seeding}/**',
      'functions/src/platform/in-time.ts',
      'functions/src/index.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        ...noConsole,
        ...globals(
          portsOnly.globals,
          'Time, chance and the network lie behind ports: use `functions/src/ports.ts`, or put this into `functions/src/adapters`.',
        ),
      ],
      'no-restricted-properties': ['error', processEnv, ...portsOnly.properties],
    },
  },
  {
    files: [
      'functions/src/adapters/**/*.ts',
      'functions/src/seeding/**/*.ts',
      'functions/src/index.ts',
    ],
    rules: imports({
      regex: '^@switchboard/(?!domain)',
      message: 'Functions import `@switchboard/domain` only.',
    }),
  },
  {
    // The settings' reader, and the composition that hands `process.env` to it.
    files: ['functions/src/platform/environment.ts', 'functions/src/index.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },

  // web: Firebase in data only, features apart, storage in one place.
  {
    files: ['web/src/**/*.{ts,vue}'],
    ignores: ['**/*.test.ts'],
    rules: {
      ...imports(...inTheApp),
      'no-restricted-globals': ['error', ...noConsole, ...browserStorage],
    },
  },
  {
    files: ['web/src/features/**/*.{ts,vue}'],
    ignores: ['**/*.test.ts'],
    rules: imports(
      ...inTheApp,
      notFrom(
        ['pages', 'shell', 'sw', router],
        'A feature is below the pages: emit what happened, or take it as a prop (of the router only `names.ts`).',
      ),
    ),
  },
  {
    files: ['web/src/{composables,i18n}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: imports(
      ...inTheApp,
      notFrom(
        ['features', 'pages', 'shell', 'router', 'sw'],
        'What features share is below them: take what you need as an argument.',
      ),
    ),
  },
  {
    files: ['web/src/{pages,shell}/**/*.{ts,vue}'],
    ignores: ['**/*.test.ts'],
    rules: imports(...inTheApp, notFrom(['sw'], 'The service worker is a program of its own.')),
  },
  {
    files: ['web/src/ui/**/*.{ts,vue}'],
    ignores: ['**/*.test.ts'],
    rules: imports(
      onlyImports(
        'vue$|virtua',
        'The ui kit knows Vue only: take data as props and text as slots.',
      ),
      {
        regex: '^(\\.\\./)+(features|data|i18n|router|pages|composables|sw)(/|$)',
        message: 'The ui kit is below everything: take data as props and text as slots.',
      },
    ),
  },
  {
    files: ['web/src/sw/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: imports(
      onlyImports(
        '@switchboard/domain$|workbox-',
        'The service worker imports `@switchboard/domain` and workbox only.',
      ),
      {
        regex: '^\\.\\./(?!sw/)',
        message: 'The service worker shares nothing with the page but `@switchboard/domain`.',
      },
    ),
  },
  {
    files: ['web/src/data/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: imports(
      { regex: '^@switchboard/(?!domain)', message: 'The app imports `@switchboard/domain` only.' },
      {
        regex: '^(\\.\\./)+(features|ui|pages|shell|router|i18n|composables|sw)(/|$)',
        message: 'Data is below the screens: export what they need.',
      },
    ),
  },
  {
    files: ['web/src/data/storage.ts'],
    rules: { 'no-restricted-globals': ['error', ...noConsole] },
  },

  // sandbox: a Cloud API of its own.
  {
    files: ['sandbox/src/**/*.ts'],
    ignores: TESTS,
    rules: imports(
      onlyImports(
        '@switchboard/domain$|hono$|hono/|@hono/|valibot$|node:',
        'The sandbox stands beside Switchboard: `@switchboard/domain` (wire types), hono, valibot and node only.',
      ),
    ),
  },

  // The command line speaks to a person.
  {
    files: [
      'scripts/**',
      '.ci/**',
      'functions/build.mjs',
      'web/scripts/**',
      'sandbox/src/main.ts',
      '*.config.{js,ts}',
      'bench/**',
    ],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['scripts/**', 'tests/**', '*.config.{js,ts}', 'bench/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'fetch',
          'URL',
          'URLSearchParams',
          'Buffer',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'setImmediate',
          'AbortSignal',
          'AbortController',
          'performance',
          'TextDecoder',
          'TextEncoder',
          'structuredClone',
          'Response',
          'Request',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] },
  },

  // Vue: templates carry keys of the message catalogue, and styles that mirror for right-to-left.
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended'], vue.configs['no-layout-rules']].flat(),
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        extraFileExtensions: ['.vue'],
        sourceType: 'module',
      },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      // The type checker (vue-tsc) knows better than these two.
      'no-undef': 'off',
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'off',
      // The type checker sees that a switch over a union is complete.
      'vue/return-in-computed-property': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': ['error', { allowBinding: true }],
      'vue/no-bare-strings-in-template': [
        'error',
        {
          allowlist: [
            '(',
            ')',
            ',',
            '.',
            '&',
            '+',
            '-',
            '=',
            '*',
            '/',
            '#',
            '%',
            '!',
            '?',
            ':',
            '[',
            ']',
            '{',
            '}',
            '<',
            '>',
            '·',
            '•',
            '‐',
            '–',
            '—',
            '−',
            '|',
            '×',
            '…',
            '✓',
            '✓✓',
            '→',
            '←',
            '•••',
            '@',
          ],
          attributes: {
            '/.+/': [
              'title',
              'aria-label',
              'aria-placeholder',
              'aria-roledescription',
              'aria-valuetext',
              'label',
              'alt',
            ],
            input: ['placeholder'],
            textarea: ['placeholder'],
          },
          directives: ['v-text'],
        },
      ],
    },
  },
  {
    plugins: {
      switchboard: { rules: { 'physical-css': physicalCss, 'feature-index': featureIndex } },
    },
  },
  {
    files: ['web/src/**/*.{vue,css}', 'sandbox/**/*.css'],
    rules: { 'switchboard/physical-css': 'error' },
  },
  { files: ['web/src/**/*.{vue,ts}'], rules: { 'switchboard/feature-index': 'error' } },
  {
    files: ['**/*.css'],
    languageOptions: { parser: cssParser },
  },

  // Functions one can see at once.
  {
    files: ['{domain,functions,web,sandbox}/src/**/*.{ts,vue}', 'web/build/**/*.ts'],
    ignores: TESTS,
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    },
  },

  // Tests take fixtures apart as they like.
  {
    files: ['**/*.test.ts', 'tests/**/*.ts', '**/testing/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
