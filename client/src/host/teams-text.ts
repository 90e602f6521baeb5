import { en, ru } from '../lib/text/form.ts'
import { words } from '../lib/text/language.svelte.ts'

/** What only rooms with teams need. */
export const teamsText = words({
  ru: {
    teams: (n: number) => `${n} ${ru(n, 'команда', 'команды', 'команд')}`,
    people: (n: number) => `${n} ${ru(n, 'человек', 'человека', 'человек')}`,
    loose: 'Без команды',
    deal: 'Разложить поровну',
    dealNobody: 'все уже в командах',
    empty: 'пока никого',
    captain: 'Капитан',
    isCaptain: 'капитан',
    noCaptain: 'Нет: нажимает любой',
    captainIs: (name: string) => `капитан ${name}`,
    team: 'Команда',
    move: 'В какой команде',
    movedPoints: 'Очки перейдут вместе с игроком',
    makeCaptain: 'Сделать капитаном',
    unmakeCaptain: 'Снять капитана',
    name: 'Название',
    edit: 'Название, капитан, слияние',
    merge: 'Слить с командой',
    mergeInto: 'С какой',
    merges: (from: string, into: string) =>
      `Все из «${from}» перейдут в «${into}», их очки вместе с ними, а «${from}» не станет. Вернуть это нельзя`,
    mergeYes: 'Слить команды',
  },
  en: {
    teams: (n: number) => `${n} ${en(n, 'team', 'teams')}`,
    people: (n: number) => `${n} ${en(n, 'person', 'people')}`,
    loose: 'In no team',
    deal: 'Deal out evenly',
    dealNobody: 'everyone is in a team',
    empty: 'nobody yet',
    captain: 'Captain',
    isCaptain: 'captain',
    noCaptain: 'None: anyone presses',
    captainIs: (name: string) => `captain ${name}`,
    team: 'Team',
    move: 'In which team',
    movedPoints: 'The points go with the player',
    makeCaptain: 'Make captain',
    unmakeCaptain: 'No longer captain',
    name: 'Name',
    edit: 'Name, captain, merging',
    merge: 'Merge into a team',
    mergeInto: 'Into which',
    merges: (from: string, into: string) =>
      `Everyone of ${from} goes over to ${into}, their points come along, and ${from} is no more. It cannot be undone`,
    mergeYes: 'Merge the teams',
  },
})
