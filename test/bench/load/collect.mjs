// Preloaded by the bench into whatever it weighs, with --expose-gc: the product itself has no such hook.
process.on('SIGUSR2', () => {
  // Also what a usual collection keeps back for the next allocations.
  globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
})
