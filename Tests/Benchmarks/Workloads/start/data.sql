CREATE SCHEMA start;
CREATE TABLE start.ten AS SELECT n AS id FROM generate_series(1, 10) AS n;
VACUUM (ANALYZE) start.ten;
