import security from 'eslint-plugin-security';

export default [
  security.configs.recommended,
  {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 2022, sourceType: 'commonjs' },
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-process-exit': 'off',
      'require-atomic-updates': 'warn',
      'no-await-in-loop': 'warn',
      'no-unused-vars': ['warn', { args: 'none' }],
    },
  },
];
