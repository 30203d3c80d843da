-- Made up, in the shape of hourly weather at airports: local hours of New York over the night the clocks go back.
CREATE SCHEMA flights;
CREATE TABLE flights.airports (faa text, name text, lon float8, tz int, tzone text);
INSERT INTO flights.airports VALUES
    ('EWR', 'Newark', -74.2, -5, 'America/New_York'), ('JFK', 'Kennedy', -73.8, -5, 'America/New_York'),
    ('LGA', 'La Guardia', -73.9, -5, 'America/New_York'), ('AAA', 'Lost sign', 112.5, -7, 'Asia/Shanghai'),
    ('BBB', 'No zone', -100, -6, NULL), ('CCC', 'Far west', -176.6, -10, 'America/Adak');
CREATE TABLE flights.planes (tailnum text, year int, speed int);
INSERT INTO flights.planes VALUES ('N1', 2004, NULL), ('N2', NULL, NULL), ('N3', 1998, 432), ('N4', NULL, NULL);
CREATE TABLE flights.weather (origin text, year int, month int, day int, hour int, temp float8, humid float8,
    wind_dir int, wind_speed float8, wind_gust float8, pressure float8, time_hour timestamptz);
INSERT INTO flights.weather
SELECT origin, extract(year FROM local), extract(month FROM local), extract(day FROM local), extract(hour FROM local),
    CASE WHEN origin = 'EWR' AND n = 50 THEN NULL ELSE 39.02 END, 59.37,
    CASE WHEN n % 20 = 7 THEN NULL ELSE 270 END, CASE WHEN n % 40 = 7 THEN 0 ELSE 10.357 END,
    CASE WHEN n % 5 = 0 THEN 20.1 END, CASE WHEN n % 10 <> 3 THEN 1012 END, at
FROM unnest(ARRAY['EWR', 'JFK', 'LGA']) AS origin,
    generate_series(0, 95) AS n,
    LATERAL (SELECT '2013-11-02 04:00Z'::timestamptz + n * interval '1 hour' AS at) AS a,
    LATERAL (SELECT at AT TIME ZONE 'America/New_York' AS local) AS b
-- Missing hours between first and last: EWR 3, JFK 2, LGA 3.
WHERE NOT (origin = 'EWR' AND n IN (10, 11, 40)) AND NOT (origin = 'JFK' AND n IN (60, 90))
    AND NOT (origin = 'LGA' AND n IN (1, 2, 30));
