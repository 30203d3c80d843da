-- One of many tables that only their catalog entry is looked at of: fifty columns, no row.
CREATE SCHEMA IF NOT EXISTS history;
CREATE TABLE history.{table} (
    c1 integer NOT NULL, c2 integer NOT NULL, c3 integer NOT NULL, c4 integer NOT NULL, c5 integer NOT NULL,
    c6 integer NOT NULL, c7 integer NOT NULL, c8 integer NOT NULL, c9 integer NOT NULL, c10 integer NOT NULL,
    c11 integer NOT NULL, c12 integer NOT NULL, c13 integer NOT NULL, c14 integer NOT NULL,
    c15 integer NOT NULL, c16 integer NOT NULL, c17 integer NOT NULL, c18 integer NOT NULL,
    c19 integer NOT NULL, c20 integer NOT NULL, c21 integer NOT NULL, c22 integer NOT NULL,
    c23 integer NOT NULL, c24 integer NOT NULL, c25 integer NOT NULL, c26 integer NOT NULL,
    c27 integer NOT NULL, c28 integer NOT NULL, c29 integer NOT NULL, c30 integer NOT NULL,
    c31 integer NOT NULL, c32 integer NOT NULL, c33 integer NOT NULL, c34 integer NOT NULL,
    c35 integer NOT NULL, c36 integer NOT NULL, c37 integer NOT NULL, c38 integer NOT NULL,
    c39 integer NOT NULL, c40 integer NOT NULL, c41 integer NOT NULL, c42 integer NOT NULL,
    c43 integer NOT NULL, c44 integer NOT NULL, c45 integer NOT NULL, c46 integer NOT NULL,
    c47 integer NOT NULL, c48 integer NOT NULL, c49 integer NOT NULL, c50 integer NOT NULL
);
