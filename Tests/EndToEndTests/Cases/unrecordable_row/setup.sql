CREATE TABLE documents (id int, body json);
INSERT INTO documents VALUES (1, '{"a": 1e200000}'), (2, '{}');
