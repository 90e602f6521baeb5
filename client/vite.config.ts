import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const server = `127.0.0.1:${process.env.PORT ?? 3000}`

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: false })],
  // `knopka-src` lets Vite read shared/ as TypeScript, so neither dev nor build waits for another build.
  resolve: { conditions: ['knopka-src', 'module', 'browser', mode === 'production' ? 'production' : 'development'] },
  build: { target: 'es2022', assetsInlineLimit: 0 },
  server: {
    host: true,
    proxy: { '/api': { target: `http://${server}` }, '/socket.io': { target: `http://${server}`, ws: true } },
  },
}))
