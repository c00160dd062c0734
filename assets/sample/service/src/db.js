'use strict';

const { Pool } = require('pg');
const config = require('./config');
const metrics = require('./metrics');

// No connectionTimeoutMillis: a request waits for a connection as long as it takes.
const pool = new Pool({ ...config.db, max: 10, application_name: 'parcelline-api' });

pool.on('error', (err) => console.log('pool error: ' + err.message));

metrics.watchPool(pool);

/** Runs one statement on the pool and counts it for `endpoint`. */
async function query(endpoint, text, params) {
  metrics.dbQueries.inc({ endpoint });
  const result = await pool.query(text, params);
  return result.rows;
}

module.exports = { pool, query };
