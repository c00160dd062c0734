// Shows the tracking pages of the 200 parcels that were just scanned: how many still have the state from before?
'use strict';

const { createRequire } = require('module');
const { Client } = createRequire(process.env.PARCELLINE_DIR + '/package.json')('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const { rows } = await client.query('SELECT tracking_code, status FROM parcels ORDER BY id LIMIT 200');
  await client.end();
  let stale = 0;
  for (const row of rows) {
    const answer = await fetch(process.env.API + '/v1/tracking/' + row.tracking_code);
    const shown = (await answer.json()).status;
    if (shown !== row.status) stale += 1;
  }
  console.log(stale + ' of ' + rows.length + ' parcels scanned since their page was first viewed still show the old state');
}

main();
