CREATE TABLE readings (id int, sensor text, email text, value float8);
INSERT INTO readings VALUES (1, 'a', 'x@example.com', 5), (2, 'a', 'y@example.com', 900), (3, 'b', NULL, NULL), (4, 'b', 'z@example.com', -40);
