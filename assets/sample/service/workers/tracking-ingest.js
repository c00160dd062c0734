// Takes scans from the depots' handhelds and writes the parcel's new state. Here fed from the database itself.
'use strict';

const { Client } = require('pg');
const config = require('../src/config');

async function main() {
  const count = Number(process.argv[2] || 1000);
  const client = new Client({ ...config.db, application_name: 'tracking-ingest' });
  await client.connect();
  // The first parcels of the day are also the ones people look at.
  const parcels = await client.query('SELECT id, depot_id FROM parcels ORDER BY id LIMIT $1', [count]);
  for (const parcel of parcels.rows) {
    await client.query("INSERT INTO scan_events (parcel_id, depot_id, kind, scanned_at) VALUES ($1, $2, 'delivered', now())", [
      parcel.id,
      parcel.depot_id,
    ]);
    await client.query("UPDATE parcels SET status = 'delivered', updated_at = now() WHERE id = $1", [parcel.id]);
  }
  console.log('ingested ' + parcels.rowCount + ' scans');
  await client.end();
}

main().catch((err) => {
  console.log('ingest failed: ' + err.message);
  process.exit(1);
});
