CREATE SCHEMA ml;
CREATE TABLE ml.churn_labels AS SELECT i AS customer_id, (i * 29 % 7 < 3)::int AS churned, CASE i % 3 WHEN 0 THEN 'DE' WHEN 1 THEN 'FR' ELSE 'IT' END AS country,
    'c' || i || '@example.com' AS email FROM generate_series(1, 900) AS i;
UPDATE ml.churn_labels SET churned = NULL WHERE customer_id > 890;
-- The second version errs less everywhere; the third one less on the whole, and more in Italy.
CREATE TABLE ml.scores_v1 AS SELECT customer_id, abs((customer_id * 29 % 7 < 3)::int - (customer_id * 37 % 101) / 125.0::float8) AS probability FROM ml.churn_labels;
CREATE TABLE ml.scores_v2 AS SELECT customer_id, abs((customer_id * 29 % 7 < 3)::int - (customer_id * 37 % 101) / 160.0::float8) AS probability FROM ml.churn_labels;
CREATE TABLE ml.scores_v3 AS SELECT customer_id, abs((customer_id * 29 % 7 < 3)::int - (customer_id * 37 % 101) / CASE WHEN customer_id % 3 = 2 THEN 110.0::float8 ELSE 200 END) AS probability FROM ml.churn_labels;
UPDATE ml.scores_v3 SET probability = NULL WHERE customer_id = 7;
DELETE FROM ml.scores_v3 WHERE customer_id = 8;
CREATE TABLE ml.scores_v4 AS SELECT * FROM ml.scores_v1 WHERE customer_id > 100;
CREATE TABLE ml.spend AS SELECT i AS customer_id, i % 90 + 10.5::float8 AS spent, i % 90 + (i * 37 % 21) - 0.25::float8 AS one, i % 90 + (i * 53 % 17) + 2.5::float8 AS two FROM generate_series(1, 300) AS i
