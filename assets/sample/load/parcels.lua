-- Paging through the parcel list.
function init()
  math.randomseed(77)
end

function request()
  return wrk.format("GET", string.format("/v1/parcels?limit=50&after=%d", math.random(0, 199000)))
end
