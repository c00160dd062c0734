-- Parcelline, the tables the audit looked at.
CREATE TABLE users (
  id           bigserial PRIMARY KEY,
  login        text NOT NULL UNIQUE,
  password_md5 text NOT NULL,
  role         text NOT NULL
);
CREATE TABLE tariffs (
  code    text PRIMARY KEY,
  formula text NOT NULL
);
CREATE TABLE customers (
  id          bigserial PRIMARY KEY,
  account_no  text NOT NULL UNIQUE,
  name        text NOT NULL,
  tariff_code text NOT NULL REFERENCES tariffs (code)
);
CREATE TABLE depots (
  id   bigserial PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL
);
CREATE TABLE routes (
  id         bigserial PRIMARY KEY,
  depot_id   bigint NOT NULL REFERENCES depots (id),
  wave       text NOT NULL,
  vehicle    text NOT NULL,
  state      text NOT NULL,
  plan       jsonb,
  planned_at timestamptz
);
CREATE TABLE parcels (
  id            bigserial PRIMARY KEY,
  tracking_code text NOT NULL UNIQUE,
  customer_id   bigint NOT NULL REFERENCES customers (id),
  depot_id      bigint NOT NULL REFERENCES depots (id),
  route_id      bigint REFERENCES routes (id),
  status        text NOT NULL,
  weight_g      integer NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL
);
CREATE INDEX parcels_customer_id_idx ON parcels (customer_id);
CREATE INDEX parcels_updated_at_idx ON parcels (updated_at);
CREATE TABLE scan_events (
  id         bigserial PRIMARY KEY,
  parcel_id  bigint NOT NULL REFERENCES parcels (id),
  depot_id   bigint NOT NULL REFERENCES depots (id),
  kind       text NOT NULL,
  scanned_at timestamptz NOT NULL
);
CREATE INDEX scan_events_parcel_id_scanned_at_idx ON scan_events (parcel_id, scanned_at DESC);
CREATE TABLE invoices (
  id          bigserial PRIMARY KEY,
  number      text NOT NULL UNIQUE,
  customer_id bigint NOT NULL REFERENCES customers (id),
  period      date NOT NULL,
  status      text NOT NULL,
  total       double precision NOT NULL
);
CREATE INDEX invoices_customer_id_idx ON invoices (customer_id);
CREATE TABLE invoice_lines (
  id         bigserial PRIMARY KEY,
  invoice_id bigint NOT NULL REFERENCES invoices (id),
  parcel_id  bigint REFERENCES parcels (id),
  kind       text NOT NULL,
  amount     double precision NOT NULL
);
