'use strict';

const fs = require('fs');
const path = require('path');
const router = require('express').Router();

const labels = path.join(__dirname, '../../labels');

router.get('/', (req, res, next) => {
  fs.readFile(path.join(labels, req.query.name), (err, pdf) => {
    if (err) return next(err);
    res.type('application/pdf').send(pdf);
  });
});

module.exports = router;
