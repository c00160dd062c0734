'use strict';

const router = require('express').Router();
const redis = require('../cache');
const { query } = require('../db');

const PATH = '/v1/tracking/:code';

router.get('/:code', async (req, res, next) => {
  try {
    // The public page polls with a cache-busting `_=` parameter, which becomes part of the key.
    const key = 'track:' + req.originalUrl;
    const known = await redis.get(key);
    if (known) return res.type('json').send(known);

    const [parcel] = await query(
      PATH,
      'SELECT id, tracking_code, status, updated_at FROM parcels WHERE tracking_code = $1',
      [req.params.code],
    );
    if (!parcel) return res.status(404).json({ error: 'unknown tracking code' });
    parcel.events = await query(
      PATH,
      'SELECT kind, scanned_at FROM scan_events WHERE parcel_id = $1 ORDER BY scanned_at DESC',
      [parcel.id],
    );
    const body = JSON.stringify(parcel);
    await redis.set(key, body);
    res.type('json').send(body);
  } catch (err) {
    next(err);
  }
});

module.exports = router;
