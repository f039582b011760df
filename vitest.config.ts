import { defineConfig } from 'vitest/config';
import { leftOutReporter } from './test/support/left-out.ts';
import { LongestFirst } from './test/support/longest-first.ts';

// `npm test` runs test/unit, test/fuzz and test/integration, `npm run test:all` also test/thorough: see package.json.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The integration tests start servers and run whole backups on machines as small as two cores, which may have other work.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // They mostly wait: for servers, for programs, for time-outs. So there are more at once than cores.
    maxWorkers: 5,
    globalSetup: ['test/support/azure/shared-storage.ts', 'test/support/postgres/kept-clusters.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: ['default', leftOutReporter()],
  },
});
