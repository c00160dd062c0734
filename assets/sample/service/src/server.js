'use strict';

const express = require('express');
const config = require('./config');
const metrics = require('./metrics');

const app = express();

app.use(metrics.middleware);
app.use(express.json({ limit: '256kb' }));

app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', '*');
  res.header('Access-Control-Allow-Methods', 'GET,POST,PUT,DELETE,OPTIONS');
  res.header('Access-Control-Allow-Headers', '*');
  if (req.method === 'OPTIONS') return res.sendStatus(204);
  next();
});

app.get('/', (req, res) => res.json({ name: 'parcelline-api', version: '4.18.2', env: 'staging' }));
app.use('/health', require('./routes/health'));
app.use('/v1/auth', require('./routes/auth'));
app.use('/v1/dispatch', require('./routes/dispatch'));
app.use('/v1/parcels', require('./routes/parcels'));
app.use('/v1/tracking', require('./routes/tracking'));
app.use('/v1/invoices', require('./routes/invoices'));
app.use('/v1/labels', require('./routes/labels'));
app.use('/v1/rates', require('./routes/rates'));

app.get('/metrics', async (req, res) => {
  res.type('text/plain; version=0.0.4').send(await metrics.client.register.metrics());
});

app.use((err, req, res, next) => {
  console.log('ERROR ' + req.method + ' ' + req.originalUrl + ' failed: ' + err.message);
  res.status(500).json({ error: err.message, where: String(err.stack).split('\n')[1] });
});

process.on('SIGTERM', () => {
  console.log('got SIGTERM, bye');
  process.exit(0);
});

app.listen(config.port, '127.0.0.1', () => console.log('parcelline-api up on port ' + config.port));
