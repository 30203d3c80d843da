CREATE SCHEMA ml;
CREATE TABLE ml.truth AS SELECT i AS id, chr(97 + (i * 29) % 7 % 3) AS kind, i * 0.5::float8 + (i * 7) % 13 AS amount, i % 40 AS search,
    GREATEST((i * 31) % 11 - 7, 0) AS relevance FROM generate_series(1, 400) AS i;
CREATE TABLE ml.one AS SELECT id, ((id * 37) % 101) / 100.0::float8 AS score, amount + ((id * 37) % 101) / 10.0::float8 - 5 AS forecast,
    CASE WHEN (id * 37) % 101 < 60 THEN kind ELSE chr(97 + (id * 37) % 3) END AS kind FROM ml.truth;
CREATE TABLE ml.two AS SELECT id, ((id * 53) % 89) / 88.0::float8 AS score, amount + ((id * 53) % 89) / 10.0::float8 - 4 AS forecast,
    CASE WHEN (id * 53) % 89 < 70 THEN kind ELSE chr(97 + (id * 53) % 3) END AS kind FROM ml.truth;
CREATE TABLE ml.near AS SELECT id, score + 0.001::float8 * (id % 3) AS score FROM ml.one
