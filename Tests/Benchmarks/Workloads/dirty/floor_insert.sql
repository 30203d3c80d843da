-- The server's own way to keep every row: nothing leaves it.
SET jit = off;
INSERT INTO floor.failing_row (run_id, check_id, ordinal, key, row, violated, observed_at)
SELECT '00000000-0000-0000-0000-000000000001', 'dirty.narrow.amount.in_range', row_number() OVER (),
    jsonb_build_object('id', id), to_jsonb(narrow), ARRAY['dirty.narrow.amount.in_range'], now()
FROM dirty.narrow
WHERE amount < 0;
