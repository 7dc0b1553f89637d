import { defineConfig } from 'vitest/config';

const quietClouds = {
  // No test may look up a metadata server.
  AWS_EC2_METADATA_DISABLED: 'true',
  METADATA_SERVER_DETECTION: 'none',
  AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
};

const project = (name: string, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], env: quietClouds, ...extra },
});

export default defineConfig({
  test: {
    projects: [
      project('unit'),
      project('contract'),
      project('golden'),
      project('e2e', { globalSetup: 'test/build.ts', testTimeout: 30_000, hookTimeout: 30_000 }),
      project('browser', { globalSetup: 'test/build.ts', testTimeout: 60_000, hookTimeout: 60_000 }),
      project('integration', {
        globalSetup: 'test/build.ts',
        testTimeout: 120_000,
        hookTimeout: 180_000,
        fileParallelism: false,
      }),
    ],
  },
});
