--[[
  Adds to several counters in one step.

  KEYS[1]  the counters, a hash
  ARGV     the name of a counter and how much to add, a whole number, by turns

  Returns how many counters were added to.
]]
for index = 1, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[index], ARGV[index + 1])
end
return #ARGV / 2
