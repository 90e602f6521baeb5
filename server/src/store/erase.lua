--[[
  Removes a room's log and tells all nodes. As this is one step, whoever follows hears of it in the log's order.

  KEYS[1]  the log, a list with the JSON of one event in each element
  KEYS[2]  the channel of the room's commits, in the same slot

  Publishes '0', the length of the log from now on, and no events.
  Returns how many logs there were.
]]
local erased = redis.call('DEL', KEYS[1])
if erased > 0 then
  redis.call('SPUBLISH', KEYS[2], '0')
end
return erased
