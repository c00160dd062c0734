-- The public tracking page: 500 parcels of the day; seven polls in ten carry jQuery's cache-busting parameter.
local serial = 0
local thread = 0

function setup(t)
  thread = thread + 1
  t:set("lane", thread)
end

function init()
  math.randomseed(4200 + lane)
end

function request()
  local path = string.format("/v1/tracking/MPG%09d", math.random(1, 500))
  if math.random() < 0.7 then
    serial = serial + 1
    path = path .. string.format("?_=%d%07d", 1763600000 + lane, serial)
  end
  return wrk.format("GET", path)
end
