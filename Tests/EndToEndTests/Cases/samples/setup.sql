CREATE SCHEMA shop;
CREATE TABLE shop.clicks AS
SELECT i AS id, CASE WHEN i % 400 = 0 THEN NULL ELSE i % 7 END AS page, '2026-10-31 12:00Z'::timestamptz + i * interval '1 second' AS at
FROM generate_series(1, 60000) AS i;
ANALYZE shop.clicks;
