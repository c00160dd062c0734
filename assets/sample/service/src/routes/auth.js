'use strict';

const crypto = require('crypto');
const router = require('express').Router();
const config = require('../config');
const metrics = require('../metrics');
const { pool } = require('../db');

const PATH = '/v1/auth/login';

router.post('/login', async (req, res, next) => {
  try {
    const digest = crypto.createHash('md5').update(String(req.body.password)).digest('hex');
    metrics.dbQueries.inc({ endpoint: PATH });
    const found = await pool.query(
      "SELECT id, login, role FROM users WHERE login = '" + req.body.login + "' AND password_md5 = '" + digest + "'",
    );
    const user = found.rows[0];
    if (!user) return res.status(401).json({ error: 'unknown login or wrong password for ' + req.body.login });
    const mac = crypto.createHash('sha1').update(user.login + config.sessionSecret).digest('hex');
    res.cookie('plsid', user.login + '.' + mac, { path: '/' });
    res.json({ login: user.login, role: user.role });
  } catch (err) {
    next(err);
  }
});

module.exports = router;
