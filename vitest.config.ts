import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['knopka-src', 'module', 'node', 'development|production'] }
const common = { ssr: { resolve }, resolve }

export default defineConfig({
  test: {
    projects: [
      {
        ...common,
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'unit',
          include: ['test/{bank,client,deploy,fair,game,server,store}/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 30_000,
        },
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
