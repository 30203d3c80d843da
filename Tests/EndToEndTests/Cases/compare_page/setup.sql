CREATE SCHEMA ml;
CREATE TABLE ml.l AS SELECT i AS id, 'n' || i AS name, i * 1.5 AS amount FROM generate_series(1, 9) AS i;
ALTER TABLE ml.l ADD PRIMARY KEY (id);
CREATE TABLE ml.r (LIKE ml.l INCLUDING ALL);
INSERT INTO ml.r SELECT id, CASE id WHEN 3 THEN '<script>alert(1)</script>' WHEN 4 THEN '=HYPERLINK("x")' WHEN 6 THEN E'\x1b[31mred' ELSE name END,
    nullif(amount, 7.5) FROM ml.l WHERE id <> 7;
CREATE TABLE ml.labels AS SELECT i AS id, (i * 29 % 7 < 3)::int AS churned, CASE i % 3 WHEN 0 THEN 'DE' WHEN 1 THEN '<b>FR</b>' END AS country FROM generate_series(1, 600) AS i;
CREATE TABLE ml.one AS SELECT id, abs(churned - (id * 37 % 11) / 14.0::float8) AS probability FROM ml.labels;
CREATE TABLE ml.two AS SELECT id, abs(churned - (id * 37 % 11) / 18.0::float8) AS probability FROM ml.labels
