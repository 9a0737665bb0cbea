-- load.lua: what wrk sends, and its figures as one line; see bench.mjs.
-- BENCH_FORM: a form to be sent to /machines/1…BENCH_MACHINES/report, with a `once` of its own each time.
local form, machines = os.getenv("BENCH_FORM"), tonumber(os.getenv("BENCH_MACHINES") or "1")
local run, turn = os.getenv("BENCH_RUN") or "0", 0

function request()
	if not form then
		return wrk.format()
	end
	turn = turn + 1
	return wrk.format("POST", "/machines/" .. (turn % machines + 1) .. "/report", nil,
		form .. "&once=" .. run .. "-" .. turn)
end

local others, first = 0, nil
function response(status)
	if status ~= 200 and status ~= 303 then
		print("status " .. status)
	end
end

function done(summary, latency)
	local e = summary.errors
	print(string.format('FIGURES {"requests":%d,"us":%d,"p50":%d,"p95":%d,"errors":%d}', summary.requests,
		summary.duration, latency:percentile(50), latency:percentile(95),
		e.connect + e.read + e.write + e.status + e.timeout))
end
