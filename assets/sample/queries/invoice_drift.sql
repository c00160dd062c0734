-- Invoices of the month whose total is not the sum of their lines, and parcels charged more than once on them.
WITH of_month AS (
  SELECT i.id, i.total, sum(l.amount) AS lines, count(l.parcel_id) - count(DISTINCT l.parcel_id) AS charged_again
    FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id
   WHERE i.period = date '2026-10-01'
   GROUP BY i.id
)
SELECT count(*) AS invoices,
       count(*) FILTER (WHERE abs(total - lines) >= 0.01) AS off_by_a_cent_or_more,
       sum(charged_again) AS parcels_charged_again,
       round(sum(abs(total - lines))::numeric, 2) AS euro_difference
  FROM of_month;
