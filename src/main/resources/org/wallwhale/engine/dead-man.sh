#!/usr/bin/env bash
# Runs a program in a process group of its own that outlives neither the server nor the server's heartbeat.
#
#   dead-man.sh <heartbeat file> <server pid> <program> [argument...]
#
# First line on standard error: "child <pid>", the later program's process id and group. The program starts when the line
# "go" arrives on standard input and inherits the rest of it; standard output and error are the program's alone.
# TERM goes on to the whole group, followed by KILL after 10 seconds. When the program has ended, the rest of its group is
# killed; this script then waits for the end of standard input and exits with the program's status (128 + signal).
heartbeat=$1 server=$2
shift 2
umask 077
exec 3<&0 4>&1 5>&2 </dev/null >/dev/null 2>&1
interrupted= killer= status=
trap 'interrupted=1' HUP INT QUIT

set -m
(read -r word && [ "$word" = go ] && exec "$@") <&3 >&4 2>&5 3<&- 4>&- 5>&- &
program=$!

# A dead server that nobody has reaped still answers to kill, but is no longer the parent of this script.
server_is_gone() {
    kill -0 "$$" && kill -0 "$server" || return 0
    [ -r "/proc/$$/stat" ] && read -r stat <"/proc/$$/stat" && set -- ${stat##*') '} && [ "$2" != "$server" ]
}

# Reads are counted and no clock is compared: a machine that slept must not look like a server that hangs.
watch() {
    last= unchanged=0
    while sleep 1 && kill -0 -- "-$program"; do
        beat=
        read -r beat <"$heartbeat"
        if [ "$beat" = "$last" ]; then
            unchanged=$((unchanged + 1))
        else
            unchanged=0 last=$beat
        fi
        if [ "$unchanged" -ge 8 ] || server_is_gone; then
            kill -KILL -- "-$program"
            return
        fi
    done
}
watch 3<&- 4>&- 5>&- &
watcher=$!

stop() {
    kill -TERM -- "-$program"
    if [ -z "$killer" ]; then
        set -m
        (sleep 10; kill -KILL -- "-$program") 3<&- &
        killer=$!
        set +m
    fi
}
trap 'interrupted=1; stop' TERM
# Without job control again: wait must not return for a program that is merely stopped.
set +m

echo "child $program" >&5
exec 4>&- 5>&-

# A trapped signal ends wait early with a status that is not the program's; 127 means that nothing is left to wait for.
while :; do
    interrupted=
    wait "$program"
    ended=$?
    [ "$ended" -eq 127 ] && [ -n "$status" ] || status=$ended
    [ -n "$interrupted" ] || break
done

trap '' HUP INT QUIT TERM
kill -KILL -- "-$program"
kill -KILL -- "-$watcher"
[ -z "$killer" ] || kill -KILL -- "-$killer"
# Bounded, because a container's first process may never collect the dead.
for try in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 -- "-$program" || break
    sleep 0.1
done
while read -r rest <&3; do :; done
exit "$status"
