-- One of many small tables: {rows} rows.
CREATE SCHEMA IF NOT EXISTS many;
CREATE TABLE many.{table} AS
SELECT n AS id, 'name ' || n AS name, n % 50 AS quantity FROM generate_series(1, {rows}) AS n;
