import type { Ms } from '../../ids.ts'
import type { Command, CommandOf } from '../commands.ts'
import type { Draft } from '../events.ts'
import type { Refusal } from '../refusals.ts'
import type { RoomState } from '../state.ts'

/** What a rule answers: what happens (perhaps nothing), or why not. */
export type Ruling = Draft[] | Refusal

export type Rule<Type extends Command['type']> = (state: RoomState, command: CommandOf<Type>, now: Ms) => Ruling
