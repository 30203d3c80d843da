SELECT count(*), count(*) FILTER (WHERE customer IS NULL),
    count(*) FILTER (WHERE NOT (amount >= 0 AND amount <= 10000)),
    count(*) FILTER (WHERE NOT (quantity BETWEEN 0 AND 999)),
    count(*) FILTER (WHERE NOT (status = ANY ('{new,paid,shipped,returned}'))),
    count(*) FILTER (WHERE NOT (char_length(note) <= 64)), avg(amount), max(quantity)
FROM events;
