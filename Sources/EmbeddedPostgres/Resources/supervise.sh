# Runs a throwaway PostgreSQL until standard input closes, then removes every trace of it.
# Arguments: the directory of the server's programs, then options for the server.
# Prints one line: "ready DIRECTORY", or what went wrong.
set -u
umask 077
bin=$1
shift
dir=$(mktemp -d /tmp/assay-postgres.XXXXXX) || { echo "no temporary directory"; exit 1; }
trap 'rm -rf "$dir"' EXIT
# A key pressed in the terminal is for the program, not for its server.
trap '' INT HUP
server=
trap '[ -z "$server" ] || kill -INT "$server"; wait; exit 0' TERM

if ! "$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
    --no-sync >"$dir/log" 2>&1 </dev/null
then
    echo "initdb failed: $(grep -v '^initdb: removing' "$dir/log" | tail -n 2 | tr '\n' ' ')"
    exit 1
fi
# Nothing here outlives the process, so nothing needs to reach the disk.
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c autovacuum=off -c max_wal_size=4GB "$@" >>"$dir/log" 2>&1 </dev/null &
server=$!
tries=0
until "$bin/pg_isready" --quiet --host="$dir"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 1200 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "the server did not start: $(tail -n 1 "$dir/log")"
        kill -QUIT "$server" 2>/dev/null
        exit 1
    fi
    sleep 0.05
done
echo "ready $dir"
read -r _ || :
kill -INT "$server" 2>/dev/null
wait "$server"
exit 0
