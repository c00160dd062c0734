// The dispatchers' board and the planning of delivery routes.
'use strict';

const http = require('http');
const router = require('express').Router();
const config = require('../config');
const metrics = require('../metrics');
const { pool, query } = require('../db');

const BOARD = '/v1/dispatch/board';
const PLAN = '/v1/dispatch/routes/:id/plan';

// Who is planning what; lives in this process, so a second instance does not see it.
const planning = new Map();

router.get('/board', async (req, res, next) => {
  try {
    const [depot] = await query(BOARD, 'SELECT id, code, name FROM depots WHERE code = $1', [req.query.depot]);
    if (!depot) return res.status(404).json({ error: 'no such depot' });
    const parcels = await query(
      BOARD,
      `SELECT id, tracking_code, status, weight_g, route_id, updated_at FROM parcels
        WHERE depot_id = $1 AND status IN ('at_depot', 'loaded') ORDER BY updated_at`,
      [depot.id],
    );
    const routes = await query(BOARD, 'SELECT id, wave, vehicle, state FROM routes WHERE depot_id = $1', [depot.id]);
    for (const route of routes) {
      const [load] = await query(
        BOARD,
        'SELECT count(*)::int AS parcels, coalesce(sum(weight_g), 0)::bigint AS weight_g FROM parcels WHERE route_id = $1',
        [route.id],
      );
      route.load = load;
      route.planner = planning.get(route.id) || null;
    }
    res.json({ depot, routes, parcels });
  } catch (err) {
    next(err);
  }
});

/** Asks the route optimiser of the mapping provider for an order of stops. */
function optimise(stops) {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ stops });
    const call = http.request({ ...config.routing, path: '/optimise', method: 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => {
        if (answer.statusCode !== 200) return reject(new Error('optimiser answered ' + answer.statusCode));
        resolve(JSON.parse(text));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

router.post('/routes/:id/plan', async (req, res, next) => {
  try {
    planning.set(Number(req.params.id), req.body.dispatcher || 'unknown');
    const client = await pool.connect();
    const run = (text, params) => {
      metrics.dbQueries.inc({ endpoint: PLAN });
      return client.query(text, params);
    };
    await run('BEGIN');
    await run('SELECT id FROM routes WHERE id = $1 FOR UPDATE', [req.params.id]);
    const stops = await run('SELECT id, tracking_code FROM parcels WHERE route_id = $1', [req.params.id]);
    const plan = await optimise(stops.rows);
    await run('UPDATE routes SET plan = $2, state = $3, planned_at = now() WHERE id = $1', [
      req.params.id,
      JSON.stringify(plan),
      'planned',
    ]);
    await run("UPDATE parcels SET status = 'loaded', updated_at = now() WHERE route_id = $1", [req.params.id]);
    await run('COMMIT');
    client.release();
    planning.delete(Number(req.params.id));
    res.json({ route: Number(req.params.id), stops: stops.rowCount, state: 'planned' });
  } catch (err) {
    next(err);
  }
});

module.exports = router;
