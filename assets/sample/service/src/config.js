// Defaults are what the integration environment was set up with in 2019; production overrides host and port only.
'use strict';

const password = 'meridian-Fracht-2019';
const sessionSecret = 'parcelline-session-2017';

module.exports = {
  port: Number(process.env.PORT || 8080),
  db: {
    host: process.env.PGHOST || '127.0.0.1',
    port: Number(process.env.PGPORT || 5432),
    database: process.env.PGDATABASE || 'parcelline',
    user: process.env.PGUSER || 'parcelline',
    password: password,
  },
  redis: {
    host: process.env.REDIS_HOST || '127.0.0.1',
    port: Number(process.env.REDIS_PORT || 6379),
  },
  routing: {
    host: process.env.ROUTING_HOST || '127.0.0.1',
    port: Number(process.env.ROUTING_PORT || 9090),
  },
  sessionSecret,
};
