CREATE SCHEMA shop;
CREATE TABLE shop.people (id int, contact text, "Birth Date" date, note text, has_email boolean, card text, meta jsonb, code text);
INSERT INTO shop.people SELECT i, 'person' || i || '@example.com', '1990-01-01', CASE WHEN i = 5 THEN 'call +44 20 7946 0001' END,
    true, '4111 1111 1111 1111', '{"ip": "192.0.2.7"}', 'A' || i FROM generate_series(1, 20) AS i;
CREATE TABLE shop.things (id int, label text);
CREATE TABLE shop.closed (email text);
CREATE VIEW shop.broken AS SELECT (1 / id)::text AS t FROM shop.things;
INSERT INTO shop.things VALUES (0, 'x');
