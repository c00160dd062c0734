'use strict';

const router = require('express').Router();
const { query } = require('../db');

router.get('/quote', async (req, res, next) => {
  try {
    const [tariff] = await query('/v1/rates/quote', 'SELECT code, formula FROM tariffs WHERE code = $1', [req.query.service]);
    if (!tariff) return res.status(404).json({ error: 'no such tariff' });
    const price = eval(tariff.formula.replace(/weight/g, req.query.weight));
    res.json({ tariff: tariff.code, weight_g: Number(req.query.weight), price });
  } catch (err) {
    next(err);
  }
});

module.exports = router;
