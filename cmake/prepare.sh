# shellcheck shell=bash
# Sourced by ./run, ./test and .ci/run from the project's root: installs what is missing and builds.
# Everything said here goes to standard error; standard output belongs to the program.

say() { printf '%s\n' "$*" >&2; }

# packages_of SECTION...: the names in these sections of cmake/packages.txt
packages_of() {
  local section='' line word wanted=" $* "
  while read -r line; do
    case $line in
      '' | '#'*) ;;
      '['*']') section=${line#[} section=${section%]} ;;
      *) if [[ $wanted == *" $section "* ]]; then for word in $line; do printf '%s\n' "$word"; done; fi ;;
    esac
  done < cmake/packages.txt
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    return 1
  fi
}

# install_packages SECTION...: once per list; the stamp names the list's hash, so an edited list is looked at again.
install_packages() {
  local stamp missing name
  command -v apt-get > /dev/null || return 0  # another distribution: CMake names what it does not find
  stamp=build/.packages-$(packages_of "$@" | cksum | cut -d' ' -f1)
  [ -e "$stamp" ] && return 0
  missing=()
  while read -r name; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2> /dev/null)" = installed ] || missing+=("$name")
  done < <(packages_of "$@")
  if [ ${#missing[@]} -gt 0 ]; then
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    if ! { as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Use-Pty=0 "${missing[@]}"; } < /dev/null > build/packages.log 2>&1; then
      tail -n 5 build/packages.log >&2
      say "Could not install them. As root: apt-get install --no-install-recommends ${missing[*]}"
      exit 5
    fi
  fi
  : > "$stamp"
}

# Ninja's output as one moving line on a terminal, and as a line per tenth of the way elsewhere.
# What is neither progress nor noise (warnings, errors) passes through, without the compiler's command line.
show_progress() {
  local line tenth last=-1 moved='' after_failed=''
  while IFS= read -r line; do
    if [ -n "$after_failed" ]; then
      after_failed=''
      continue
    fi
    case $line in FAILED:*) after_failed=1 ;; esac
    case $line in
      *'Re-checking globbed directories'* | 'ninja: no work to do.' | 'ninja: Entering directory'*) ;;
      '-- Fetching'*) say "${line#-- }" ;;
      '-- '* | *'Re-running CMake'*) ;;
      '['[0-9]*/[0-9]*']'*)
        if [ -t 2 ]; then
          printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$line" >&2
          moved=1
        else
          [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]
          tenth=$((BASH_REMATCH[1] * 10 / BASH_REMATCH[2]))
          if [ "$tenth" -gt "$last" ] && [ "${BASH_REMATCH[2]}" -gt 20 ]; then
            say "Building: ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"
          fi
          last=$tenth
        fi
        ;;
      *)
        [ -n "$moved" ] && printf '\r\033[K' >&2
        moved=''
        say "$line"
        ;;
    esac
  done
  [ -z "$moved" ] || printf '\r\033[K' >&2
}

# As many compilers as there are cores, but each may want two gigabytes: sources are joined.
jobs_for_this_machine() {
  local cores fitting
  cores=$(nproc 2> /dev/null || echo 2)
  fitting=$(awk '/^MemAvailable:/ { print int($2 / 2000000) }' /proc/meminfo 2> /dev/null)
  if [ "${fitting:-$cores}" -lt "$cores" ]; then cores=$fitting; fi
  if [ "$cores" -lt 1 ]; then cores=1; fi
  echo "${CMAKE_BUILD_PARALLEL_LEVEL:-$cores}"
}

# build PRESET TARGETS -- CMAKE OPTIONS...: configures build/PRESET when it is new or lacks one of the options
# (-DNAME=VALUE), then builds what changed.
build() {
  local preset=$1 folder=build/$1 targets=() option reconfigure=''
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do targets+=("$1") && shift; done
  shift || true
  mkdir -p build
  exec 9> "build/.lock-$preset" && { flock 9 2> /dev/null || true; }  # two starts at once build one after the other
  [ -e "$folder/build.ninja" ] || reconfigure=1
  for option in "$@"; do
    option=${option#-D}
    grep -qs "^${option%%=*}:[A-Z]*=${option#*=}$" "$folder/CMakeCache.txt" || reconfigure=1
  done
  if [ -n "$reconfigure" ]; then
    say "Configuring"
    if ! cmake --preset "$preset" "$@" 2>&1 < /dev/null | tee build/configure.log | show_progress_of_cmake; then
      sed -n '/^CMake Error/,$p' build/configure.log >&2
      exit 1
    fi
  fi
  if ! ninja -C "$folder" -j "$(jobs_for_this_machine)" "${targets[@]}" 2>&1 < /dev/null 9>&- | show_progress; then
    say "The build failed."
    exit 1
  fi
  exec 9>&-
}

# Of CMake's words only the long one matters while it runs; errors are shown from the log.
show_progress_of_cmake() {
  local line
  while IFS= read -r line; do
    case $line in '-- Fetching'*) say "${line#-- }" ;; esac
  done
}
