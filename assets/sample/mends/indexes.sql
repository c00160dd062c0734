-- What the client's engineers ran on staging on 23 November 2026: the five indexes of F-006, then the seven rebuilds of
-- F-015. Each statement by itself, since neither can be part of a transaction.
CREATE INDEX CONCURRENTLY ON parcels (route_id);
CREATE INDEX CONCURRENTLY ON parcels (depot_id, status, updated_at);
CREATE INDEX CONCURRENTLY ON invoice_lines (invoice_id);
CREATE INDEX CONCURRENTLY ON invoice_lines (parcel_id);
CREATE INDEX CONCURRENTLY ON scan_events (depot_id);

REINDEX INDEX CONCURRENTLY parcels_updated_at_idx;
REINDEX INDEX CONCURRENTLY invoices_pkey;
REINDEX INDEX CONCURRENTLY parcels_pkey;
REINDEX INDEX CONCURRENTLY parcels_tracking_code_key;
REINDEX INDEX CONCURRENTLY invoices_number_key;
REINDEX INDEX CONCURRENTLY parcels_customer_id_idx;
REINDEX INDEX CONCURRENTLY invoices_customer_id_idx;
