-- Account pages of the customer portal.
function init()
  math.randomseed(91)
end

function request()
  return wrk.format("GET", string.format("/v1/invoices?customer=%d", math.random(1, 4000)))
end
