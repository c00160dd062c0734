// Read requests at a steady, low rate, each path under a name of its own. Nothing is sent but GET and HEAD.
import http from 'k6/http';
import exec from 'k6/execution';

const base = (__ENV.K6_BASE_URL || '').replace(/\/+$/, '');
const requests = (__ENV.K6_PATHS || 'GET /')
  .split(',')
  .map((entry) => entry.trim())
  .filter((entry) => entry !== '')
  .map((entry) => {
    const [first, second] = entry.split(/\s+/);
    const method = second === undefined ? 'GET' : first.toUpperCase();
    const path = second === undefined ? first : second;
    if (method !== 'GET' && method !== 'HEAD') throw new Error(`only GET and HEAD are sent, not ${method}`);
    if (!path.startsWith('/')) throw new Error('a path begins with /');
    // Without the query, which may name somebody.
    return { method, path, name: `${method} ${path.split('?')[0]}` };
  });

const bounded = (text, usual, most) => Math.min(Math.max(Number.parseInt(text || '', 10) || usual, 1), most);
const rate = bounded(__ENV.K6_RATE, 10, 200);
const seconds = bounded(__ENV.K6_SECONDS, 60, 600);

// A metric of its own for each path, without a threshold: a limit is the report's business.
const perPath = {};
for (const { name } of requests) {
  for (const metric of ['http_req_duration', 'http_req_failed', 'http_reqs']) perPath[`${metric}{name:${name}}`] = [];
}

export const options = {
  scenarios: {
    reads: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      // Few, so that each soon sees whether all it gets are errors; more are taken where answers are slow.
      preAllocatedVUs: Math.max(2, Math.ceil(rate / 20)),
      maxVUs: Math.min(rate * 2, 100),
      gracefulStop: '10s',
    },
  },
  thresholds: perPath,
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
  maxRedirects: 0,
  userAgent: 'groma-kit',
};

const headers = {};
if (__ENV.K6_HEADERS) {
  for (const line of __ENV.K6_HEADERS.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) headers[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
}

let failedInARow = 0;

export default function () {
  const { method, path, name } = requests[exec.scenario.iterationInTest % requests.length];
  const response = http.request(method, base + path, null, { headers, tags: { name }, timeout: '15s', redirects: 0 });
  failedInARow = response.status === 0 || response.status >= 500 ? failedInARow + 1 : 0;
  // A system that answers with errors alone is left in peace.
  if (failedInARow >= 5) exec.test.abort('five errors in a row');
}

export function handleSummary(data) {
  return { [__ENV.K6_SUMMARY]: JSON.stringify({ metrics: data.metrics, root_group: data.root_group, state: data.state }) };
}
