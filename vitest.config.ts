import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['knopka-src', 'module', 'node', 'development|production'] }
const common = { ssr: { resolve }, resolve }
/** Tests that start a redis-server of their own. */
const withRedis = ['test/store/{redis,cluster}*.test.ts', 'test/server/nodes.test.ts', 'test/faults/**/*.test.ts']

export default defineConfig({
  test: {
    projects: [
      {
        ...common,
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'unit',
          include: ['test/{bank,client,deploy,fair,game,server,store,study}/**/*.test.ts', 'test/*.test.ts'],
          exclude: withRedis,
          // All cores: much of what is tested waits for sockets and clocks.
          maxWorkers: '100%',
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        ...common,
        // They take turns: processes that are killed and come back want the machine for themselves.
        test: { name: 'redis', include: withRedis, fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        ...common,
        // Browsers take turns: two at once on a small machine would measure each other.
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
