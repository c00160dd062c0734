-- Dispatchers of eight depots refreshing their board.
local depots = { "RTM", "HAM", "ANR", "BRE", "VLO", "HAJ", "EIN", "DUS" }
local n = 0

function request()
  n = n + 1
  return wrk.format("GET", "/v1/dispatch/board?depot=" .. depots[n % 8 + 1])
end
