// Draws context.svg, container.svg and target.svg: `node draw.js`. Plain SVG with real text; every line is horizontal or vertical.
'use strict';

const fs = require('fs');
const path = require('path');

const WIDTH = 1120;
const HEIGHT = 700;
const INK = '#1b2430';
const MUTED = '#4a5563';
const LINE = '#5b6675';
const STYLES = {
  person: { fill: '#dfe9f6', stroke: '#2b5c9e' },
  system: { fill: '#cfe3e8', stroke: '#0f6273', width: 2.5 },
  container: { fill: '#e6f1f3', stroke: '#0f6273' },
  store: { fill: '#fdf1d3', stroke: '#9a6700' },
  external: { fill: '#f2f2f0', stroke: '#6f6f69', dash: '6 4' },
};

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function text(x, y, content, { size = 13.5, weight = 400, fill = INK, anchor = 'middle', style = 'normal' } = {}) {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" font-style="${style}" fill="${fill}" text-anchor="${anchor}">${escape(content)}</text>`;
}

function outline(kind) {
  const s = STYLES[kind];
  return `fill="${s.fill}" stroke="${s.stroke}" stroke-width="${s.width || 1.5}"${s.dash ? ` stroke-dasharray="${s.dash}"` : ''}`;
}

/** The lines of a box (name, what it is, what it does), centred in it from `top` to `bottom`. */
function inscription(box, top, bottom) {
  const rows = [
    { content: box.name, size: box.size || 16, weight: 600, lead: (box.size || 16) + 3 },
    { content: `[${box.type}]`, size: 12.5, fill: MUTED, lead: 17 },
    ...box.lines.map((content, i) => ({ content, size: 13.5, lead: i === 0 ? 21 : 17 })),
  ];
  const height = rows.reduce((sum, row) => sum + row.lead, 0);
  let y = top + (bottom - top - height) / 2 - 4;
  return rows.map((row) => text(box.x + box.w / 2, (y += row.lead), row.content, row)).join('\n');
}

function box(b) {
  const mid = b.x + b.w / 2;
  if (b.kind === 'store') {
    const r = 9;
    const d = `M${b.x} ${b.y + r} v${b.h - 2 * r} a${b.w / 2} ${r} 0 0 0 ${b.w} 0 v-${b.h - 2 * r} a${b.w / 2} ${r} 0 0 0 -${b.w} 0 a${b.w / 2} ${r} 0 0 0 ${b.w} 0`;
    return `<path d="${d}" ${outline('store')}/>\n${inscription(b, b.y + 2 * r, b.y + b.h)}`;
  }
  const head = b.kind === 'person' ? `<circle cx="${mid}" cy="${b.y}" r="13" ${outline('person')}/>\n` : '';
  const radius = b.kind === 'person' ? 18 : 5;
  return `<rect x="${b.x}" y="${b.y}" width="${b.w}" height="${b.h}" rx="${radius}" ${outline(b.kind)}/>\n${head}${inscription(b, b.y + (head ? 10 : 0), b.y + b.h)}`;
}

/** A line through `points` with an arrow head at its end. */
function arrow(points) {
  const [x, y] = points[points.length - 1];
  const [px, py] = points[points.length - 2];
  const [dx, dy] = [Math.sign(x - px), Math.sign(y - py)];
  const base = [x - 9 * dx, y - 9 * dy];
  const d = [...points.slice(0, -1), base].map(([a, b], i) => (i ? 'L' : 'M') + a + ' ' + b).join(' ');
  const tip = `${x},${y} ${base[0] - 4.5 * dy},${base[1] - 4.5 * dx} ${base[0] + 4.5 * dy},${base[1] + 4.5 * dx}`;
  return `<path d="${d}" fill="none" stroke="${LINE}" stroke-width="1.5"/>\n<polygon points="${tip}" fill="${LINE}"/>`;
}

/** A relation's words over its line, on a ground of white so that the line does not run through them. */
function label(x, y, lines, tech, width) {
  const rows = [...lines.map((content) => ({ content })), { content: `[${tech}]`, fill: MUTED, size: 12.5 }];
  const top = y - (rows.length * 17) / 2;
  const ground = `<rect x="${x - width / 2}" y="${top - 2}" width="${width}" height="${rows.length * 17 + 4}" fill="#ffffff"/>`;
  return [ground, ...rows.map((row, i) => text(x, top + 13 + i * 17, row.content, row))].join('\n');
}

function legend(y, entries) {
  let x = 30;
  const parts = [text(x, y + 13, 'Legend', { weight: 600, anchor: 'start' })];
  x += 74;
  for (const [kind, name, width] of entries) {
    if (kind === 'arrow') parts.push(arrow([[x, y + 8], [x + 34, y + 8]]));
    else if (kind === 'boundary') parts.push(`<rect x="${x}" y="${y - 1}" width="30" height="18" fill="none" stroke="${LINE}" stroke-dasharray="2 3"/>`);
    else if (kind === 'store') {
      parts.push(`<path d="M${x} ${y + 2} v12 a15 4 0 0 0 30 0 v-12 a15 4 0 0 0 -30 0 a15 4 0 0 0 30 0" ${outline(kind)}/>`);
    } else parts.push(`<rect x="${x}" y="${y - 1}" width="30" height="18" rx="${kind === 'person' ? 8 : 3}" ${outline(kind)}/>`);
    parts.push(text(x + 40, y + 13, name, { anchor: 'start' }));
    x += width;
  }
  return parts.join('\n');
}

function write(file, title, description, parts) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="IBM Plex Sans" role="img" aria-labelledby="t d">
<title id="t">${escape(title)}</title>
<desc id="d">${escape(description)}</desc>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
  fs.writeFileSync(path.join(__dirname, file), svg);
}

// ---- System context ---------------------------------------------------------------------------------------------
{
  const col = [30, 310, 590, 870];
  const mid = col.map((x) => x + 110);
  const people = [
    { name: 'Recipient', lines: ['Waits for a parcel'] },
    { name: 'Dispatcher', lines: ['Plans the delivery', 'routes of a depot'] },
    { name: 'Finance clerk', lines: ['Closes the month,', 'answers for invoices'] },
    { name: 'Business customer', lines: ['Ships parcels,', 'pays by invoice'] },
  ].map((p, i) => ({ ...p, kind: 'person', type: 'Person', x: col[i], y: 62, w: 220, h: 104 }));
  const system = { kind: 'system', name: 'Parcelline', size: 20, type: 'Software system', x: 310, y: 286, w: 500, h: 118,
    lines: ['Dispatch, tracking and billing of all parcels', 'between pick-up and the customer’s invoice'] };
  const externals = [
    { name: 'Depot devices', lines: ['Handhelds scan parcels,', 'label stations print'] },
    { name: 'Route optimiser', lines: ['Mapping provider, puts', 'a route’s stops in order'] },
    { name: 'Accounting system', lines: ['Ledger of the group'] },
    { name: 'Web-shop plug-ins', lines: ['Show prices and states', 'in customers’ shops'] },
  ].map((e, i) => ({ ...e, kind: 'external', type: 'External system', x: col[i], y: 528, w: 220, h: 96 }));
  const up = 226;
  const down = 466;
  write('context.svg', 'System context of Parcelline',
    'Recipients, dispatchers, finance clerks and business customers use Parcelline. It takes scans from depot devices, asks a route optimiser, hands invoices to the accounting system as a file and serves web-shop plug-ins.', [
      text(30, 30, 'Parcelline: system context', { size: 18, weight: 600, anchor: 'start' }),
      arrow([[mid[0], 166], [mid[0], 320], [310, 320]]),
      arrow([[mid[1], 166], [mid[1], 286]]),
      arrow([[mid[2], 166], [mid[2], 286]]),
      arrow([[mid[3], 166], [mid[3], 320], [810, 320]]),
      arrow([[mid[0], 528], [mid[0], 370], [310, 370]]),
      arrow([[mid[1], 404], [mid[1], 528]]),
      arrow([[mid[2], 404], [mid[2], 528]]),
      arrow([[mid[3], 528], [mid[3], 370], [810, 370]]),
      label(mid[0], up, ['Follows a parcel', 'on the tracking page'], 'HTTPS', 150),
      label(mid[1], up, ['Works at the', 'dispatch board'], 'HTTPS', 120),
      label(mid[2], up, ['Exports and', 'corrects invoices'], 'HTTPS', 130),
      label(mid[3], up, ['Reads invoices', 'in the portal'], 'HTTPS', 120),
      label(mid[0], down, ['Send scans,', 'fetch labels'], 'HTTPS', 110),
      label(mid[1], down, ['Asks for the', 'order of stops'], 'HTTPS/JSON', 110),
      label(mid[2], down, ['Month’s invoices,', 'uploaded by hand'], 'CSV file', 130),
      label(mid[3], down, ['Ask for quotes', 'and states'], 'HTTPS/JSON', 120),
      ...[...people, system, ...externals].map(box),
      legend(662, [['person', 'Person', 120], ['system', 'System under audit', 200], ['external', 'External system', 175], ['arrow', 'Relation', 100]]),
    ]);
}

// ---- Containers -------------------------------------------------------------------------------------------------
{
  const w = 176;
  const col = [30, 234, 438, 642, 930];
  const mid = col.map((x) => x + w / 2);
  const boxes = [
    { kind: 'external', name: 'Depot devices', type: 'Handhelds, label PCs', lines: [], x: col[0], y: 66, w, h: 62 },
    { kind: 'external', name: 'Web-shop plug-ins', type: 'External system', lines: [], x: col[1], y: 66, w, h: 62 },
    { kind: 'person', name: 'Dispatcher', type: 'Person', lines: [], x: col[2], y: 66, w, h: 62 },
    { kind: 'person', name: 'Recipient, customer', type: 'Person', lines: [], x: col[3], y: 66, w, h: 62 },
    { kind: 'person', name: 'Finance clerk', type: 'Person', lines: [], x: col[4], y: 66, w, h: 62 },
    { kind: 'container', name: 'Reverse proxy', type: 'nginx', lines: ['Ends TLS, one upstream'], x: col[2], y: 226, w: 380, h: 70 },
    { kind: 'container', name: 'tracking-ingest', type: 'Node.js worker', lines: ['Writes scans and', 'the parcel’s new state'], x: col[0], y: 370, w, h: 112 },
    { kind: 'container', name: 'billing-worker', type: 'Node.js, cron', lines: ['Writes the month’s', 'invoices and lines'], x: col[1], y: 370, w, h: 112 },
    { kind: 'container', name: 'parcelline-api', type: 'Node.js, Express: modular monolith', size: 18,
      lines: ['Dispatch, parcels, tracking, invoices,', 'rates, labels and sign-in'], x: col[2], y: 370, w: 380, h: 112 },
    { kind: 'store', name: 'Parcelline database', type: 'PostgreSQL 15', lines: ['Parcels, scans, routes, customers, invoices'], x: col[0], y: 546, w: 584, h: 90 },
    { kind: 'store', name: 'Cache', type: 'Redis 7', lines: ['Tracking pages'], x: col[3], y: 546, w, h: 90 },
    { kind: 'external', name: 'Accounting', type: 'External system', lines: [], x: col[4], y: 290, w, h: 62 },
    { kind: 'external', name: 'Route optimiser', type: 'External system', lines: ['Mapping provider'], x: col[4], y: 386, w, h: 80 },
  ];
  write('container.svg', 'Containers of Parcelline',
    'An nginx reverse proxy forwards to parcelline-api, an Express monolith on PostgreSQL 15 and Redis 7. The workers tracking-ingest and billing-worker write to the same database. The API asks an external route optimiser.', [
      text(30, 30, 'Parcelline: containers', { size: 18, weight: 600, anchor: 'start' }),
      `<rect x="14" y="198" width="820" height="466" rx="8" fill="none" stroke="${LINE}" stroke-width="1.2" stroke-dasharray="2 3"/>`,
      text(30, 655, 'Parcelline [Software system]', { anchor: 'start', weight: 600, fill: MUTED }),
      arrow([[mid[0] - 44, 128], [mid[0] - 44, 370]]),
      arrow([[mid[0] + 44, 128], [mid[0] + 44, 276], [col[2], 276]]),
      arrow([[mid[1], 128], [mid[1], 246], [col[2], 246]]),
      arrow([[mid[2], 128], [mid[2], 226]]),
      arrow([[mid[3], 128], [mid[3], 226]]),
      arrow([[mid[4] - 50, 128], [mid[4] - 50, 248], [818, 248]]),
      arrow([[mid[4] + 42, 128], [mid[4] + 42, 290]]),
      arrow([[628, 296], [628, 370]]),
      arrow([[818, 426], [col[4], 426]]),
      arrow([[mid[0], 482], [mid[0], 548.5]]),
      arrow([[mid[1], 482], [mid[1], 546]]),
      arrow([[mid[2], 482], [mid[2], 548.5]]),
      arrow([[mid[3], 482], [mid[3], 546]]),
      label(mid[0] - 44, 163, ['Send scans'], 'HTTPS', 78),
      label(mid[0] + 44, 163, ['Fetch labels'], 'HTTPS', 84),
      label(mid[1], 163, ['Quotes, states'], 'HTTPS', 100),
      label(mid[2], 163, ['Board, planning'], 'HTTPS', 110),
      label(mid[3], 163, ['Tracking, invoices'], 'HTTPS', 120),
      label(mid[4] - 50, 163, ['Exports'], 'HTTPS', 60),
      label(mid[4] + 42, 208, ['Uploads', 'by hand'], 'CSV file', 70),
      label(628, 331, ['Forwards'], 'HTTP/1.1', 80),
      label(882, 426, ['Order of', 'stops'], 'HTTPS', 62),
      label(mid[0], 512, ['Writes'], 'SQL', 60),
      label(mid[1], 512, ['Writes'], 'SQL', 60),
      label(mid[2], 512, ['Reads, writes'], 'SQL, pool of 10', 110),
      label(mid[3], 512, ['Caches'], 'RESP', 60),
      ...boxes.map(box),
      legend(676, [['person', 'Person', 105], ['container', 'Container', 125], ['store', 'Data store', 130], ['external', 'External system', 165],
        ['boundary', 'Boundary of the system', 215], ['arrow', 'Relation', 100]]),
    ]);
}

// ---- Target containers (option B of the report) -------------------------------------------------------------------
{
  const w = 176;
  const col = [30, 234, 438, 642, 930];
  const mid = col.map((x) => x + w / 2);
  const boxes = [
    { kind: 'external', name: 'Web-shop plug-ins', type: 'External system', lines: [], x: col[0], y: 66, w, h: 62 },
    { kind: 'person', name: 'Recipient, customer', type: 'Person', lines: [], x: col[1], y: 66, w, h: 62 },
    { kind: 'person', name: 'Dispatcher', type: 'Person', lines: [], x: col[2], y: 66, w, h: 62 },
    { kind: 'external', name: 'Depot devices', type: 'Handhelds, label PCs', lines: [], x: col[3], y: 66, w, h: 62 },
    { kind: 'person', name: 'Finance clerk', type: 'Person', lines: [], x: col[4], y: 66, w, h: 62 },
    { kind: 'container', name: 'Reverse proxy', type: 'nginx', lines: ['Ends TLS, limits sign-in attempts, leaves out instances that are not ready'], x: 30, y: 214, w: 788, h: 70 },
    { kind: 'store', name: 'Cache', type: 'Redis 7', lines: ['Parcels,', '60 s to live'], x: 100, y: 360, w: 130, h: 112 },
    { kind: 'container', name: 'parcelline-api, twice', type: 'Node.js, Express: modular monolith', size: 17,
      lines: ['Asks for a session, answers requests,', 'leaves long work to jobs'], x: 310, y: 360, w: 284, h: 112 },
    { kind: 'container', name: 'parcelline-job', type: 'Same code, second role', lines: ['Plans routes, builds', 'exports, bills the month'], x: col[3], y: 360, w, h: 112 },
    { kind: 'container', name: 'tracking-ingest', type: 'Node.js worker', lines: ['Writes scans and states,', 'tells the cache'], x: 30, y: 546, w: 200, h: 90 },
    { kind: 'store', name: 'Parcelline database', type: 'PostgreSQL 15', lines: ['Parcels, scans, routes, customers, invoices, queue of jobs'], x: 310, y: 546, w: 508, h: 90 },
    { kind: 'external', name: 'Accounting', type: 'External system', lines: [], x: col[4], y: 290, w, h: 62 },
    { kind: 'external', name: 'Route optimiser', type: 'External system', lines: ['Mapping provider'], x: col[4], y: 386, w, h: 80 },
  ];
  write('target.svg', 'Target containers of Parcelline',
    'The reverse proxy forwards to two instances of parcelline-api and to tracking-ingest. Long work runs in parcelline-job, the same code in a second role, which takes jobs from the PostgreSQL database and asks the route optimiser. tracking-ingest writes to the database and deletes the cache entry of each scanned parcel.', [
      text(30, 30, 'Parcelline: containers, target', { size: 18, weight: 600, anchor: 'start' }),
      `<rect x="14" y="198" width="820" height="466" rx="8" fill="none" stroke="${LINE}" stroke-width="1.2" stroke-dasharray="2 3"/>`,
      text(30, 655, 'Parcelline [Software system]', { anchor: 'start', weight: 600, fill: MUTED }),
      ...[0, 1, 2, 3].map((i) => arrow([[mid[i], 128], [mid[i], 214]])),
      arrow([[mid[4] - 50, 128], [mid[4] - 50, 248], [818, 248]]),
      arrow([[mid[4] + 42, 128], [mid[4] + 42, 290]]),
      arrow([[62, 284], [62, 546]]),
      arrow([[452, 284], [452, 360]]),
      arrow([[310, 426], [230, 426]]),
      arrow([[818, 426], [col[4], 426]]),
      arrow([[165, 546], [165, 472]]),
      arrow([[230, 591], [310, 591]]),
      arrow([[452, 472], [452, 548.5]]),
      arrow([[mid[3], 472], [mid[3], 548.5]]),
      label(mid[0], 163, ['Quotes, states'], 'HTTPS', 100),
      label(mid[1], 163, ['Tracking, invoices'], 'HTTPS', 120),
      label(mid[2], 163, ['Board, planning'], 'HTTPS', 110),
      label(mid[3], 163, ['Scans, labels'], 'HTTPS', 90),
      label(mid[4] - 50, 163, ['Exports'], 'HTTPS', 60),
      label(mid[4] + 42, 208, ['Uploads', 'by hand'], 'CSV file', 70),
      label(62, 325, ['Scans'], 'HTTP/1.1', 60),
      label(452, 325, ['Forwards'], 'HTTP/1.1', 80),
      label(270, 426, ['Caches'], 'RESP', 52),
      label(882, 426, ['Order of', 'stops'], 'HTTPS', 62),
      label(165, 509, ['Deletes key'], 'RESP', 80),
      label(270, 591, ['Writes'], 'SQL', 50),
      label(452, 509, ['Reads, writes, enqueues'], 'SQL, pool of 10', 160),
      label(mid[3], 509, ['Takes jobs, writes'], 'SQL', 120),
      ...boxes.map(box),
      legend(676, [['person', 'Person', 105], ['container', 'Container', 125], ['store', 'Data store', 130], ['external', 'External system', 165],
        ['boundary', 'Boundary of the system', 215], ['arrow', 'Relation', 100]]),
    ]);
}
