-- The sample warehouse of `assay demo`, in one transaction as it asks for.

BEGIN;
\include /sample/shop.sql
COMMIT;
