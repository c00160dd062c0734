'use strict';

const { Client } = require('pg');
const router = require('express').Router();
const config = require('../config');
const metrics = require('../metrics');
const { query } = require('../db');

const LIST = '/v1/invoices';
const EXPORT = '/v1/invoices/export';
const SEARCH = '/v1/invoices/search';

router.get('/', async (req, res, next) => {
  try {
    const invoices = await query(
      LIST,
      'SELECT id, number, customer_id, period, status, total FROM invoices WHERE customer_id = $1 ORDER BY period',
      [req.query.customer],
    );
    for (const invoice of invoices) {
      invoice.lines = await query(
        LIST,
        'SELECT id, parcel_id, kind, amount FROM invoice_lines WHERE invoice_id = $1 ORDER BY id',
        [invoice.id],
      );
      const [customer] = await query(LIST, 'SELECT account_no, name FROM customers WHERE id = $1', [invoice.customer_id]);
      invoice.customer = customer;
    }
    res.json({ invoices });
  } catch (err) {
    next(err);
  }
});

// Finance works on connections of its own, so that a long export cannot starve the pool.
async function connect() {
  const client = new Client({ ...config.db, application_name: 'parcelline-finance' });
  await client.connect();
  return client;
}

router.get('/search', async (req, res, next) => {
  try {
    const client = await connect();
    metrics.dbQueries.inc({ endpoint: SEARCH });
    const found = await client.query("SELECT id, number, total FROM invoices WHERE number LIKE '%" + req.query.q + "%'");
    await client.end();
    res.json({ invoices: found.rows });
  } catch (err) {
    next(err);
  }
});

router.get('/export', async (req, res, next) => {
  try {
    const client = await connect();
    metrics.dbQueries.inc({ endpoint: EXPORT });
    const { rows } = await client.query(
      `SELECT i.number, c.account_no, c.name, i.period, i.total FROM invoices i JOIN customers c ON c.id = i.customer_id
        WHERE to_char(i.period, 'YYYY-MM') = $1 ORDER BY i.number`,
      [req.query.period],
    );
    await client.end();
    let csv = 'number,account,name,period,total\n';
    for (const r of rows) csv += [r.number, r.account_no, r.name, r.period.toISOString().slice(0, 7), r.total].join(',') + '\n';
    res.type('text/csv').send(csv);
  } catch (err) {
    next(err);
  }
});

module.exports = router;
