SELECT name, task, champion_version, challenger_version, verdict, look, length(definition_sha256) AS digest, jsonb_array_length(sample) AS rows,
    sample::text LIKE '%example.com%' AS personal, observed_at < recorded_at AS seen FROM assay.comparison ORDER BY recorded_at;
