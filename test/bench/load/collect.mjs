import { Session } from 'node:inspector'

// Preloaded by the bench into whatever it weighs: the product itself has no such hook.
const session = new Session()
session.connect()

process.on('SIGUSR2', () => {
  // All that V8 can do where memory is low. `gc()` keeps pages back, and before Node 22 its options make it a minor one.
  session.post('HeapProfiler.collectGarbage')
})
