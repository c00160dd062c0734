-- Price quotes of the web shop plug-ins.
function init()
  math.randomseed(13)
end

function request()
  local service = math.random() < 0.8 and "standard" or "express"
  return wrk.format("GET", string.format("/v1/rates/quote?service=%s&weight=%d", service, math.random(200, 24000)))
end
