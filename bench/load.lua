-- Load for wrk, the same for every server under test: wrk … -s load.lua URL -- PROFILE MODE CONTAINERS BATCH RUN [KEY]
--   PROFILE  fairway | baseline       which addresses and which success
--   MODE     post | get | journey     BATCH events a POST; CONTAINERS to choose from
-- Events carry three references: container, booking (shared by three containers) and bill of lading (shared by two).

local profile, mode, containers, batch, run, key
local addresses = {
  fairway = {post = "/v1/events", get = "/v1/events?limit=20&sort=eventCreatedDateTime:DESC&equipmentReference=", journey = "/v1/journeys/"},
  baseline = {post = "/events", get = "/events?equipmentReference=", journey = "/journey/"},
}
local prefixes = {"MSCU", "MAEU", "OOLU", "COSU", "HLXU"}
local threads, thread_id, sequence = 0, 0, 0

function setup(thread)
  threads = threads + 1
  thread:set("thread_id", threads)
end

function init(arguments)
  profile, mode, containers, batch, run, key = arguments[1], arguments[2], tonumber(arguments[3]), tonumber(arguments[4]), arguments[5], arguments[6]
  math.randomseed(thread_id * 7919 + #run * 31 + string.byte(run, 1) * 257 + string.byte(run, -1))
  wrk.headers["Content-Type"] = "application/json"
  if key then wrk.headers["Authorization"] = "Bearer " .. key end
end

local function container(k) return prefixes[k % 5 + 1] .. string.format("%06d%d", k % 1000000, k % 10) end

local function event()
  local k = math.random(0, containers - 1)
  sequence = sequence + 1
  return string.format('{"eventID":"%s-%d-%d","eventType":"EQUIPMENT","eventCreatedDateTime":"2026-11-22T00:00:00.000Z","eventDateTime":"2026-11-%02dT%02d:%02d:%02d.000Z",' ..
    '"eventClassifierCode":"ACT","equipmentEventTypeCode":"GTIN","equipmentReference":"%s","ISOEquipmentCode":"45G1","emptyIndicatorCode":"LADEN",' ..
    '"eventLocation":{"UNLocationCode":"HKHKG","facilityCode":"HITT"},"documentReferences":[{"documentReferenceType":"BKG","documentReferenceValue":"BKG%09d"},' ..
    '{"documentReferenceType":"TRD","documentReferenceValue":"MAEU%010d"}]}', run, thread_id, sequence, 1 + sequence % 28, sequence % 24, sequence % 60,
    math.floor(sequence / 60) % 60, container(k), math.floor(k / 3), math.floor(k / 2))
end

function request()
  if mode ~= "post" then return wrk.format("GET", addresses[profile][mode] .. container(math.random(0, containers - 1))) end
  if batch == 1 then return wrk.format("POST", addresses[profile].post, nil, event()) end
  local events = {}
  for i = 1, batch do events[i] = event() end
  return wrk.format("POST", addresses[profile].post, nil, "[" .. table.concat(events, ",") .. "]")
end

function done(summary, latency)
  io.write(string.format('{"requests":%d,"seconds":%.3f,"errors":%d,"p50_ms":%.2f,"p99_ms":%.2f}\n', summary.requests, summary.duration / 1e6,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
