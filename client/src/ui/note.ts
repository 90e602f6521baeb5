import MarkdownIt from 'markdown-it'

/** Answer notes are anybody's text: no HTML of theirs runs, no picture of theirs is fetched, no script hides in a link. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable(['image'])

export const noteToHtml = (note: string): string => markdown.render(note)
