-- Journeys for wrk, each as the party that asks for it: wrk … -s journeys.lua URL -- FILE, with a line "KEY REFERENCE" for each request.

local requests, next_one = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local key, reference = line:match("(%S+) (%S+)")
    requests[#requests + 1] = wrk.format("GET", "/v1/journeys/" .. reference, {Authorization = "Bearer " .. key})
  end
end

function request()
  next_one = next_one % #requests + 1
  return requests[next_one]
end

function done(summary)
  local errors = summary.errors
  io.write(string.format('{"requests":%d,"errors":%d}\n', summary.requests, errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
