import type { Scenario } from '../scenario.ts'
import { burst } from './burst.ts'
import { join } from './join.ts'
import { memory } from './memory.ts'
import { nodes } from './nodes.ts'
import { press } from './press.ts'
import { rooms } from './rooms.ts'

export const scenarios: Scenario[] = [press, rooms, join, memory, burst, nodes]
