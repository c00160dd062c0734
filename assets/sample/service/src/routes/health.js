'use strict';

const router = require('express').Router();
const { pool } = require('../db');
const redis = require('../cache');

router.get('/live', (req, res) => res.json({ status: 'ok' }));

router.get('/ready', async (req, res) => {
  const late = new Promise((resolve) => setTimeout(() => resolve('timeout'), 1500));
  const ask = (probe) => Promise.race([probe.then(() => 'ok', (err) => err.message), late]);
  const [postgres, cache] = await Promise.all([ask(pool.query('SELECT 1')), ask(redis.ping())]);
  const ready = postgres === 'ok' && cache === 'ok';
  res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', postgres, redis: cache });
});

module.exports = router;
