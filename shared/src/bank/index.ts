export * from './outline.ts'
export * from './parse.ts'
export * from './pick.ts'
export * from './question.ts'
