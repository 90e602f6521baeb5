--[[
  Adds events to a room's log, if the log holds exactly as many as the writer expects, and tells all nodes. As this is
  one step, the order of the channel is the order of the log.

  KEYS[1]  the log, a list with the JSON of one event in each element
  KEYS[2]  the channel of the room's commits, in the same slot
  ARGV[1]  how many events the writer expects
  ARGV[2]  the room's time to live in milliseconds, from now on
  ARGV[3]  and on: the events, each as JSON in one line

  Publishes the expected length and the events, one in a line.
  Returns 'appended' or 'conflict'.
]]
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then
  return 'conflict'
end

-- Lua unpacks some thousand values at most.
local chunk = 1000
for first = 3, #ARGV, chunk do
  redis.call('RPUSH', KEYS[1], unpack(ARGV, first, math.min(first + chunk - 1, #ARGV)))
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('SPUBLISH', KEYS[2], ARGV[1] .. '\n' .. table.concat(ARGV, '\n', 3))
return 'appended'
