-- The role of the runner: it reads the warehouse and owns the results schema, and that is all. It is no superuser, may
-- run no program on the server and bypasses no row-level security. CREATE on the database is for the schema that
-- `assay migrate` makes; where another role migrates, leave it out.

\getenv password ASSAY_PASSWORD

CREATE ROLE assay_runner LOGIN PASSWORD :'password'
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

REVOKE ALL ON DATABASE warehouse FROM PUBLIC;
GRANT CONNECT, CREATE ON DATABASE warehouse TO assay_runner;

GRANT USAGE ON SCHEMA shop, ml TO assay_runner;
GRANT SELECT ON ALL TABLES IN SCHEMA shop, ml TO assay_runner;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO assay_runner;
ALTER DEFAULT PRIVILEGES IN SCHEMA ml GRANT SELECT ON TABLES TO assay_runner;
