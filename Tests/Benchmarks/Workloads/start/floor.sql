SELECT count(*) FILTER (WHERE id IS NULL) AS "start.ten.id.not_null" FROM start.ten;
