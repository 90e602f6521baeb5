import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cellIds } from '../bench/fairness/cells.ts'
import { readOptions } from '../bench/fairness/options.ts'
import { readScenario } from '../bench/fairness/scenario.ts'

const words = (line: string) => line.split(' ').filter(Boolean)
const options = (line: string) => readOptions(words(line))

describe('options', () => {
  test('without any, all cells of the table are played whole', () => {
    expect(options('')).toMatchObject({
      only: cellIds,
      own: null,
      scenario: null,
      rounds: 2000,
      lanes: null,
      links: 200,
    })
    expect(options('--quick').rounds).toBe(400)
  })

  test('name cells, or make one', () => {
    expect(options('--only light,lie50 --rounds 60 --seed x')).toMatchObject({
      only: ['light', 'lie50'],
      rounds: 60,
      seed: 'x',
    })
    expect(options('--mix bad --players 8 --truth voice').own).toMatchObject({ mix: 'bad', players: 8, truth: 'voice' })
    expect(options('--mix home --cheat replay --nodes 2 --kernel-rtt').own).toMatchObject({
      ...{ mix: 'home', players: 4, cheat: 'replay', nodes: 2, store: 'redis', kernelRtt: true },
    })
  })

  test.each([
    ['--only lihgt', 'lihgt is none of light, voice'],
    ['--mix world', 'world is none of mixed, home'],
    ['--mix mixed --cheat human', 'human is none of lie50'],
    ['--mix mixed --nodes 3', '3 is no count from 1 to 2'],
    ['--rounds many', 'many is no count from 1 to 10000'],
    ['--players 4 --only light', '--mix and --only cannot be asked for together'],
    ['--cheat spam', '--cheat belongs to a cell of your own: add --mix'],
    ['--kernel-rtt --only light', '--kernel-rtt belongs to a cell of your own'],
    ['--sead x', 'sead'],
  ])('%s is refused in a sentence', (line, sentence) => {
    expect(() => options(line)).toThrow(sentence)
  })
})

const line = (more: object = {}) => JSON.stringify({ seed: 's', mix: 'mixed', players: 2, truth: 'light', ...more })

describe('a scenario', () => {
  test('the example can be played', () => {
    const cells = readScenario(readFileSync(new URL('../bench/fairness/example.jsonl', import.meta.url), 'utf8'))
    expect(cells.map(({ mix, truth, nodes, cheat }) => [mix, truth, nodes, cheat])).toEqual([
      ['mixed', 'light', 1, null],
      ['home', 'voice', 1, null],
      ['mixed', 'light', 1, null],
      ['mixed', 'light', 1, 'lie50'],
      ['mixed', 'light', 2, null],
    ])
  })

  test('rooms that are alike make one row; links come from the mix, or from the line', () => {
    const [cell, ...others] = readScenario(
      `${line()}\n\n${line({ seed: 't', bots: [{}, { link: 'bloat', ppm: 80 }] })}\n`,
    )
    expect(others).toEqual([])
    expect(cell?.rooms.map(({ bots }) => bots)).toEqual([
      [
        { link: 'lan', role: 'human' },
        { link: 'wifi', role: 'human' },
      ],
      [
        { link: 'lan', role: 'human' },
        { link: 'bloat', role: 'human', ppm: 80 },
      ],
    ])
  })

  test('presses that are given make as many rounds', () => {
    const [cell] = readScenario(
      line({
        press: {
          abs: [
            [400, null],
            [400, 405],
            [300, 200],
          ],
        },
      }),
    )
    expect(cell?.rooms[0]).toMatchObject({
      rounds: 3,
      presses: [
        [400, null],
        [400, 405],
        [300, 200],
      ],
    })
  })

  test('a cheat is played beside its honest twin', () => {
    const cells = readScenario(line({ bots: [{ role: 'spam' }] }))
    expect(cells.map(({ cheat }) => cheat)).toEqual([null, 'spam'])
    expect(cells[1]?.reference).toBe(cells[0]?.id)
  })

  test.each([
    ['', 'The scenario has no line'],
    ['{"seed": ', 'Line 1 is not JSON'],
    [`${line()}\n${line({ mix: 'moon' })}`, 'Line 2 cannot be played: mix:'],
    [line({ player: 4 }), 'Line 1 cannot be played: the line:'],
    [line({ bots: [{ role: 'thief' }] }), 'Line 1 cannot be played: bots.0.role:'],
    [line({ bots: [{}, {}, {}] }), 'Line 1 has more bots than players'],
    [line({ bots: [{ role: 'spam' }, { role: 'mute' }] }), 'Line 1 has more than one cheat'],
    [line({ press: { abs: [[400]] } }), 'Line 1 has a round with more or fewer presses than players'],
  ])('%s: %s', (text, sentence) => {
    expect(() => readScenario(text)).toThrow(sentence)
  })
})
