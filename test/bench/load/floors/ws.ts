import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { answerFrame, eventFrame, paddedFrame } from '../frames.ts'
import { commitBytes, listens, welcomeBytes, type FloorHello } from './floor.ts'

/** The floor beneath every WebSocket server in Node: a loop that sends the same bytes to everyone. */
interface Room {
  sockets: Set<WebSocket>
  host: WebSocket | null
}

const rooms = new Map<string, Room>()
const frames = new Map<string, Buffer>()
const welcome = Buffer.from(paddedFrame('welcome', '', welcomeBytes))
const asText = { binary: false }

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, backlog: 4096 })
server.on('listening', () => listens((server.address() as AddressInfo).port))
server.on('connection', (socket) => {
  let room: Room | undefined
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    const body = text.search(/[[{]/)
    if (!room) room = enter(socket, JSON.parse(text.slice(body)) as FloorHello)
    else hear(socket, room, text.slice(2, body), JSON.parse(text.slice(body)) as [string, string])
  })
  socket.on('close', () => room?.sockets.delete(socket))
})

function enter(socket: WebSocket, { room: name, role }: FloorHello): Room {
  const room = rooms.get(name) ?? { sockets: new Set(), host: null }
  rooms.set(name, room)
  room.sockets.add(socket)
  if (role === 'host') room.host = socket
  socket.send(welcome, asText)
  return room
}

/** `say` goes to everyone; `tell` is acknowledged and goes to the host. */
function hear(socket: WebSocket, room: Room, id: string, [name, word]: [string, string]): void {
  if (name === 'say') for (const one of room.sockets) one.send(commit(word), asText)
  else {
    socket.send(answerFrame(id, true))
    room.host?.send(eventFrame('commit', word))
  }
}

function commit(word: string): Buffer {
  const frame = frames.get(word) ?? Buffer.from(paddedFrame('commit', word, commitBytes))
  frames.set(word, frame)
  return frame
}
