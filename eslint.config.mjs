import js from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Refuses imports of the named rooms of src/ and of the named packages; `allowTypes` lets `import type` through. */
function border(files, { rooms = [], packages = [], message, allowTypes = false }) {
  const pattern = (group) => ({ group, message, allowTypeImports: allowTypes });
  return {
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [pattern([...rooms.map((room) => `**/${room}/**`), ...packages])] },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.ciclo/', '**/*.mjs', '**/*.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver': { node: { extensions: ['.ts', '.js'] } },
      'import-x/extensions': ['.ts'],
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'import-x/no-cycle': 'error',
      eqeqeq: 'error',
    },
  },
  border(['src/domain/**/*.ts'], {
    rooms: ['workflows', 'activities', 'jobs', 'platform', 'operations', 'local', 'console', 'doctor'],
    packages: [
      '@temporalio/*',
      '@aws-sdk/*',
      '@smithy/*',
      '@duckdb/*',
      'node:*',
      'fs',
      'path',
      'crypto',
      'os',
      'zod',
    ],
    message: 'domain/ is pure: no Temporal, AWS, files, clock or other rooms.',
  }),
  border(['src/workflows/**/*.ts'], {
    rooms: ['activities', 'jobs', 'platform', 'operations', 'local', 'console', 'doctor'],
    packages: [
      '@temporalio/client',
      '@temporalio/worker',
      '@temporalio/activity',
      '@aws-sdk/*',
      '@smithy/*',
      '@duckdb/*',
      'node:*',
      'zod',
    ],
    message: 'workflows/ import domain/ and the types of activities only.',
    allowTypes: true,
  }),
  border(['src/activities/**/*.ts'], {
    rooms: ['jobs', 'operations', 'local', 'console', 'doctor'],
    message: 'activities/ start jobs by name through an engine and never know of local/.',
    allowTypes: true,
  }),
  border(['src/jobs/**/*.ts'], {
    rooms: ['activities', 'workflows', 'operations', 'local', 'console', 'doctor'],
    packages: ['@temporalio/*'],
    message: 'jobs/ are programs of their own: no activities, workflows, Temporal or local/.',
  }),
  border(['src/platform/**/*.ts'], {
    rooms: ['activities', 'workflows', 'jobs', 'operations', 'local', 'console', 'doctor'],
    message: 'platform/ holds connections; the other rooms stand on it.',
    allowTypes: true,
  }),
  border(['src/doctor/**/*.ts'], {
    rooms: ['local', 'console', 'workflows'],
    message: 'The doctor looks at any machine and any account; what is local is handed to it.',
    allowTypes: true,
  }),
  border(['src/console/page/**/*.{ts,tsx}'], {
    rooms: ['workflows', 'activities', 'jobs', 'platform', 'local', 'doctor', 'operations', 'server', 'api'],
    packages: ['**/api', '@temporalio/*', '@aws-sdk/*', 'zod'],
    message: 'The page runs in a browser: domain/ and the types of the API only.',
    allowTypes: true,
  }),
  { files: ['src/console/page/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  border(['src/operations/**/*.ts'], {
    rooms: ['commands', 'activities', 'local', 'console', 'doctor'],
    message: 'operations/ act on running pipelines, for the command line and the console alike.',
    allowTypes: true,
  }),
  border(['src/console/**/*.ts'], {
    rooms: ['commands', 'local', 'doctor'],
    message: 'The console speaks to workflows through operations/; the start-up hands it what is local.',
    allowTypes: true,
  }),
  border(['src/worker.ts'], {
    rooms: ['local', 'console', 'doctor'],
    message: 'Only the start-up knows of local/.',
  }),
  {
    files: ['src/domain/**/*.ts', 'src/workflows/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch', 'require'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness needs a seed.' },
      ],
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'domain/ has no clock: take the time as an argument.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
);
