import pino, { type DestinationStream, type Logger } from 'pino'

/** Keys that no line may show, whoever wrote it. */
const secrets = [
  'auth',
  'token',
  'capability',
  'password',
  'name',
  'candidate',
  'authorization',
  'cookie',
  'command',
  'args',
]
const depth = ['', '*.', '*.*.']

/**
 * The log of one server, a line of JSON each. Lines say what happened where, never who or with what right.
 * @param destination else standard output
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    serializers: { err: tellFault },
    redact: { paths: depth.flatMap((above) => secrets.map((key) => above + key)), remove: true },
  }
  return destination ? pino(options, destination) : pino(options)
}

interface Told {
  type: string
  message: string
  stack?: string
  code?: unknown
  cause?: Told
}

const longestChain = 5

/**
 * What a fault may tell. Libraries hang what they were doing on their errors, such as a handshake's words or the
 * arguments of a database's command, and pino would write down each property.
 */
function tellFault(fault: unknown, chain = 1): Told {
  if (!(fault instanceof Error)) return { type: typeof fault, message: 'Something that is no error was thrown' }
  const { name, message, stack, cause } = fault
  const { code } = fault as NodeJS.ErrnoException
  return {
    type: name,
    message,
    ...(stack ? { stack } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(cause !== undefined && chain < longestChain ? { cause: tellFault(cause, chain + 1) } : {}),
  }
}
