-- 4,000 customers, 200,000 parcels, 400,000 scans, 52,000 invoices with 4 lines each; the same rows every time.
SELECT setseed(0.42);

INSERT INTO users (login, password_md5, role) VALUES
  ('dispatch.demo', md5('demo'), 'dispatcher'), ('finance.demo', md5('demo'), 'finance');
INSERT INTO tariffs VALUES ('standard', '4.20 + weight * 0.00031'), ('express', '9.80 + weight * 0.00052');
INSERT INTO depots (code, name)
SELECT code, name FROM (VALUES ('RTM', 'Rotterdam Waalhaven'), ('HAM', 'Hamburg Billbrook'), ('ANR', 'Antwerpen Noord'),
  ('BRE', 'Bremen Hemelingen'), ('VLO', 'Venlo Trade Port'), ('HAJ', 'Hannover Langenhagen'), ('EIN', 'Eindhoven Acht'),
  ('DUS', 'Duesseldorf Hafen')) AS d (code, name);
INSERT INTO routes (depot_id, wave, vehicle, state)
SELECT 1 + (n % 8), CASE WHEN n % 3 = 0 THEN '10:00' ELSE '06:00' END, 'MPG-' || (100 + n), 'open' FROM generate_series(0, 63) AS n;
INSERT INTO customers (account_no, name, tariff_code)
SELECT 'A' || lpad(n::text, 6, '0'), 'Customer ' || n, CASE WHEN n % 5 = 0 THEN 'express' ELSE 'standard' END
  FROM generate_series(1, 4000) AS n;
INSERT INTO parcels (tracking_code, customer_id, depot_id, route_id, status, weight_g, created_at, updated_at)
SELECT 'MPG' || lpad(n::text, 9, '0'), 1 + (random() * 3999)::int, 1 + (n % 8),
       CASE WHEN n % 50 < 3 THEN 1 + ((n % 8) + 8 * (n / 8 % 8)) END,
       CASE WHEN n % 50 < 3 THEN 'at_depot' WHEN n <= 1000 THEN 'out_for_delivery' ELSE 'delivered' END, 200 + (random() * 24000)::int,
       timestamptz '2026-08-01 06:00+00' + n * interval '34 seconds', timestamptz '2026-08-02 06:00+00' + n * interval '34 seconds'
  FROM generate_series(1, 200000) AS n;
INSERT INTO scan_events (parcel_id, depot_id, kind, scanned_at)
SELECT p.id, p.depot_id, k.kind, p.created_at + k.after
  FROM parcels p CROSS JOIN (VALUES ('accepted', interval '0'), ('sorted', interval '5 hours')) AS k (kind, after);
INSERT INTO invoices (number, customer_id, period, status, total)
SELECT 'MPG-' || to_char(m, 'YYYYMM') || '-' || c, c, m::date, 'paid', 0
  FROM generate_series(timestamp '2025-09-01', timestamp '2026-09-01', interval '1 month') AS m, generate_series(1, 4000) AS c;
INSERT INTO invoice_lines (invoice_id, parcel_id, kind, amount)
SELECT i.id, 1 + (random() * 199999)::int, CASE k WHEN 4 THEN 'fuel' ELSE 'carriage' END, round((4.2 + random() * 7)::numeric, 2)
  FROM invoices i, generate_series(1, 4) AS k;
UPDATE invoices i SET total = l.total
  FROM (SELECT invoice_id, sum(amount) AS total FROM invoice_lines GROUP BY invoice_id) AS l WHERE l.invoice_id = i.id;

-- Three days of status changes over the same parcels, as the handhelds make them.
UPDATE parcels SET updated_at = updated_at + interval '1 day' WHERE id % 2 = 0;
UPDATE parcels SET updated_at = updated_at + interval '2 days' WHERE id % 3 = 0;
UPDATE parcels SET updated_at = updated_at + interval '3 days' WHERE id % 2 = 1;
