export * from './command.ts'
export * from './link.ts'
export * from './parts.ts'
export * from './room.ts'
