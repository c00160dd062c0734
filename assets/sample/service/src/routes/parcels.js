'use strict';

const router = require('express').Router();
const { query } = require('../db');

/** Keyset pagination: `after` is the last id of the page before, `limit` is capped. */
router.get('/', async (req, res, next) => {
  try {
    const limit = Math.min(Number(req.query.limit) || 50, 100);
    const after = Number(req.query.after) || 0;
    const parcels = await query(
      '/v1/parcels',
      'SELECT id, tracking_code, status, weight_g, created_at FROM parcels WHERE id > $1 ORDER BY id LIMIT $2',
      [after, limit],
    );
    res.json({ parcels, next: parcels.length === limit ? parcels[parcels.length - 1].id : null });
  } catch (err) {
    next(err);
  }
});

module.exports = router;
