CREATE SCHEMA ml;
CREATE TABLE ml.truth AS SELECT i AS id, i * 0.5::float8 + (i * 7) % 13 AS amount, 'c' || i || '@example.com' AS email FROM generate_series(1, 400) AS i;
CREATE TABLE ml.one AS SELECT id, amount + ((id * 37) % 101) / 10.0::float8 - 5 AS forecast FROM ml.truth;
CREATE TABLE ml.two AS SELECT id, amount + ((id * 53) % 89) / 10.0::float8 - 4 AS forecast FROM ml.truth
