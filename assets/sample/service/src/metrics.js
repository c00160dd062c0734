'use strict';

const client = require('prom-client');

client.collectDefaultMetrics({ gcDurationBuckets: [0.001, 0.01, 0.1, 1] });

const httpDuration = new client.Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from the first byte in to the last byte out, per route.',
  labelNames: ['method', 'path'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
});

const httpRequests = new client.Counter({
  name: 'http_requests_total',
  help: 'Requests answered, per route and status.',
  labelNames: ['method', 'path', 'status_code'],
});

const dbQueries = new client.Counter({
  name: 'db_queries_total',
  help: 'Statements sent to PostgreSQL, per endpoint.',
  labelNames: ['endpoint'],
});

/** Exposes the pool as a gauge with the states active, idle and waiting. */
function watchPool(pool) {
  new client.Gauge({
    name: 'db_pool_connections',
    help: 'Connections of the PostgreSQL pool by state; waiting counts requests without one.',
    labelNames: ['state'],
    collect() {
      this.set({ state: 'active' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}

/** The route's pattern with its mount point; the mount point is read off the URL, as an error resets `baseUrl`. */
function routePath(req) {
  if (!req.route) return 'unmatched';
  const parts = (path) => path.split('?')[0].split('/').filter(Boolean);
  const pattern = parts(req.route.path);
  const url = parts(req.originalUrl);
  return '/' + url.slice(0, url.length - pattern.length).concat(pattern).join('/');
}

/** Express middleware: one observation a request, labelled by route, not by URL. */
function middleware(req, res, next) {
  const done = httpDuration.startTimer();
  res.on('finish', () => {
    const path = routePath(req);
    done({ method: req.method, path });
    httpRequests.inc({ method: req.method, path, status_code: res.statusCode });
  });
  next();
}

module.exports = { client, dbQueries, middleware, watchPool };
