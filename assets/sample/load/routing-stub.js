// Stands in for the mapping provider's route optimiser: 120-320 ms an answer, one answer in twelve is a 503.
'use strict';

const http = require('http');

let served = 0;

http
  .createServer((req, res) => {
    let text = '';
    req.on('data', (chunk) => (text += chunk));
    req.on('end', () => {
      served += 1;
      const n = served;
      setTimeout(() => {
        if (n % 12 === 0) return res.writeHead(503).end('{"error":"overloaded"}');
        const stops = JSON.parse(text).stops.map((stop) => stop.id).reverse();
        res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ stops }));
      }, 120 + ((n * 37) % 200));
    });
  })
  .listen(Number(process.env.ROUTING_PORT), '127.0.0.1');
