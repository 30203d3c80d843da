-- What the server is, and what the role may do that a check runner should not be able to.
SELECT pg_catalog.version(),
    pg_catalog.current_setting('server_version_num'),
    pg_catalog.pg_is_in_recovery(),
    EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'citus'),
    pg_catalog.current_database(),
    current_user,
    coalesce((SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user), false)
        OR EXISTS (
            SELECT FROM pg_catalog.pg_roles
            WHERE rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
              AND pg_catalog.pg_has_role(current_user, oid, 'USAGE')
        ),
    pg_catalog.current_setting('max_parallel_workers_per_gather'),
    pg_catalog.pg_size_bytes(pg_catalog.current_setting('work_mem')),
    pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers')),
    pg_catalog.current_setting('block_size')
