export * from './light.ts'
export * from './link.ts'
export * from './score.ts'
export * from './window.ts'
