import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The integration tests start servers and run whole backups on machines as small as two cores.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // They mostly wait: for servers, for programs, for time-outs. So there are more at once than cores.
    maxWorkers: 4,
    reporters: ['default'],
  },
});
