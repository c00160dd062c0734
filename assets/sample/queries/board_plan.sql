-- The board's two statements as the service sends them.
EXPLAIN (ANALYZE, BUFFERS)
SELECT id, tracking_code, status, weight_g, route_id, updated_at FROM parcels
 WHERE depot_id = 2 AND status IN ('at_depot', 'loaded') ORDER BY updated_at;
EXPLAIN (ANALYZE, BUFFERS)
SELECT count(*)::int AS parcels, coalesce(sum(weight_g), 0)::bigint AS weight_g FROM parcels WHERE route_id = 10;
