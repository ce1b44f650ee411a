#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGETS]: runs the targets of libFuzzer (tests/fuzz), two at a time. Called by ./test --fuzz, which
# has built them. What they learn is kept in build/fuzz/corpus, the input of a finding in build/fuzz/findings.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. cmake/prepare.sh
at_once=2

seconds=$1
shift
targets=("$@")
if [ $# = 0 ]; then
  for program in build/fuzz/tests/fuzz_*; do
    [ -x "$program" ] && targets+=("${program##*/fuzz_}")
  done
fi
for target in "${targets[@]}"; do
  [ -x "build/fuzz/tests/fuzz_$target" ] || { say "There is no target $target."; exit 2; }
done

# Inputs are short, so that what is slow or large is so for another reason than its size.
longest_of() {
  case $1 in
    title | formula) echo 512 ;;
    *) echo 4096 ;;
  esac
}

# Files of the program that are inputs too.
more_seeds_of() {
  case $1 in
    scene) echo assets/scenes ;;
    csv) echo assets/data ;;
  esac
}

search() {
  local target=$1 found=build/fuzz/findings/$1- words=tests/fuzz/dictionaries/$1.dict options=()
  mkdir -p "build/fuzz/corpus/$target"
  [ ! -e "$words" ] || options+=("-dict=$words")
  # shellcheck disable=SC2046 # more_seeds_of gives one folder or none
  LSAN_OPTIONS=suppressions=tests/lsan_suppressions.txt:print_suppressions=0 UBSAN_OPTIONS=print_stacktrace=1 \
    exec "build/fuzz/tests/fuzz_$target" -max_total_time="$seconds" -max_len="$(longest_of "$target")" -timeout=30 \
    -rss_limit_mb=2560 -malloc_limit_mb=1024 -print_final_stats=1 -artifact_prefix="$found" "${options[@]}" \
    "build/fuzz/corpus/$target" "tests/fuzz/corpus/$target" $(more_seeds_of "$target") > "build/fuzz/$target.log" 2>&1
}

report() {
  local target=$1 code=$2 runs
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$target.log" | tail -n 1)
  if [ "$code" = 0 ]; then
    say "$target: ${runs:-?} inputs, no finding"
  else
    failed=1
    say "$target: FINDING after ${runs:-?} inputs; build/fuzz/$target.log says what happened. To see it again:"
    sed -n 's|^artifact_prefix=.*Test unit written to |  build/fuzz/tests/fuzz_'"$target"' |p' "build/fuzz/$target.log" >&2
  fi
}

mkdir -p build/fuzz/findings
say "Searching ${#targets[@]} targets for $seconds s each, $at_once at a time"
failed=0
declare -A running=()
trap 'kill "${!running[@]}" 2> /dev/null; exit 130' INT TERM
wait_for_one() {
  local code=0 pid
  wait -n -p pid "${!running[@]}" || code=$?
  report "${running[$pid]}" "$code"
  unset "running[$pid]"
}
for target in "${targets[@]}"; do
  [ ${#running[@]} -lt $at_once ] || wait_for_one
  search "$target" &
  running[$!]=$target
done
while [ ${#running[@]} -gt 0 ]; do wait_for_one; done
exit $failed
