import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { paddingOf } from '../frames.ts'
import { commitPadding, listens, welcomeBytes, type FloorHello } from './floor.ts'

/** What anyone would write in an hour: Socket.IO as it comes, rooms in memory. */
const welcome = paddingOf('welcome', '', welcomeBytes)
const http = createServer()
const io = new Server(http, { serveClient: false })

io.on('connection', (socket) => {
  const { room, role } = socket.handshake.auth as FloorHello
  void socket.join(role === 'host' ? [room, `${room}/host`] : room)
  socket.emit('welcome', '', welcome)
  socket.on('say', (word: string) => io.to(room).emit('commit', word, commitPadding(word)))
  socket.on('tell', (word: string, answer: (done: boolean) => void) => {
    answer(true)
    io.to(`${room}/host`).emit('commit', word)
  })
})

http.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => listens((http.address() as AddressInfo).port))
