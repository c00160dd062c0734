// Month-end run: one invoice per customer, one line per parcel. Started by cron, started again by hand when it stops.
'use strict';

const { Client } = require('pg');
const config = require('../src/config');

async function main() {
  const period = process.argv[2];
  const limit = Number(process.argv[3] || 1e9);
  const client = new Client({ ...config.db, application_name: 'billing-worker' });
  await client.connect();
  const customers = await client.query('SELECT id, tariff_code FROM customers ORDER BY id LIMIT $1', [limit]);
  let written = 0;
  for (const customer of customers.rows) {
    const parcels = await client.query(
      'SELECT id, weight_g FROM parcels WHERE customer_id = $1 AND created_at >= $2::date AND created_at < $2::date + interval \'1 month\'',
      [customer.id, period],
    );
    const number = 'MPG-' + period.slice(0, 7).replace('-', '') + '-' + customer.id;
    let invoice = (await client.query('SELECT id FROM invoices WHERE number = $1', [number])).rows[0];
    if (!invoice) {
      invoice = (
        await client.query(
          "INSERT INTO invoices (number, customer_id, period, status, total) VALUES ($1, $2, $3, 'open', 0) RETURNING id",
          [number, customer.id, period],
        )
      ).rows[0];
    }
    let total = 0;
    for (const parcel of parcels.rows) {
      const amount = 4.2 + parcel.weight_g * 0.00031;
      total += amount;
      await client.query("INSERT INTO invoice_lines (invoice_id, parcel_id, kind, amount) VALUES ($1, $2, 'carriage', $3)", [
        invoice.id,
        parcel.id,
        amount,
      ]);
    }
    await client.query('UPDATE invoices SET total = $2 WHERE id = $1', [invoice.id, Math.round(total * 100) / 100]);
    written += 1;
    if (written % 100 === 0) console.log('billed ' + written + ' customers');
  }
  console.log('billing for ' + period + ' done, ' + written + ' customers');
  await client.end();
}

process.on('SIGTERM', () => process.exit(1));
main().catch((err) => {
  console.log('billing failed: ' + err.message);
  process.exit(1);
});
