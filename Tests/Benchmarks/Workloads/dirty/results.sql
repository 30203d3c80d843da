-- A table of the same columns, constraints and indexes as the results schema's, for the floor.
CREATE SCHEMA floor;
CREATE TABLE floor.failing_row (LIKE assay.failing_row INCLUDING ALL) PARTITION BY RANGE (observed_at);
CREATE TABLE floor.failing_row_all PARTITION OF floor.failing_row FOR VALUES FROM (MINVALUE) TO (MAXVALUE);
