--[[
  Adds members to a set and renews its time to live, in one step.

  KEYS[1]  the set
  ARGV[1]  its time to live in milliseconds, from now on; '' for a set without an end
  ARGV[2]  and on: the members

  Returns how many were new.
]]
local new = 0
for index = 2, #ARGV do
  new = new + redis.call('SADD', KEYS[1], ARGV[index])
end
if ARGV[1] == '' then
  redis.call('PERSIST', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return new
