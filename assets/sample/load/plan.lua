-- The 06:00 wave: every dispatcher plans the routes of the day, each route more than once.
local n = 0
wrk.method = "POST"
wrk.body = '{"dispatcher":"dispatch.demo"}'
wrk.headers["Content-Type"] = "application/json"

function request()
  n = n + 1
  return wrk.format("POST", string.format("/v1/dispatch/routes/%d/plan", n % 64 + 1))
end
