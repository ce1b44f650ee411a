#!/usr/bin/env bash
# ./run --web [PORT]          builds the page and serves it on the loopback address, at port 8000 or PORT
# ./run --web --build         builds it only: build/web/iemlab-web/ is what goes on a server
# ./run --web --node ARGS     the command line compiled for node (--node-threads: with threads)
#
# The page is compiled by Emscripten of Debian 13. Where this machine has none that is new enough, a folder with that
# system and nothing else (3 GB) is made once in the cache, by debootstrap, which needs root. IEMLAB_WEB_ROOT names one
# that exists already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=$PWD
. cmake/prepare.sh

cache=${XDG_CACHE_HOME:-$HOME/.cache}/iemlab
system=$cache/debian-13-emscripten-1  # raise the number when the packages change
root=${IEMLAB_WEB_ROOT:-$system}

# Before 3.1.69 its C++ library lacks what the program uses.
has_emscripten() {
  local version
  version=$(emcc --version 2> /dev/null | sed -n '1s/.* \([0-9.]*\) .*/\1/p')
  [ -n "$version" ] && [ "$(printf '%s\n' 3.1.69 "$version" | sort -V | head -n 1)" = 3.1.69 ]
}

# install_system FOLDER MIRROR: one after the other, until one fails.
install_system() {
  local packages
  mapfile -t packages < <(packages_of web-system)
  as_root debootstrap --variant=minbase trixie "$1" ${2:+"$2"} &&
    { apt-config dump | { grep -E '^Acquire::https?::Proxy' || true; } | as_root tee "$1/etc/apt/apt.conf.d/90proxy"; } &&
    as_root chroot "$1" apt-get update -qq &&
    as_root chroot "$1" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
}

make_system() {
  local work=$system.part mirror='' id=''
  install_packages web
  say "Making a Debian 13 with Emscripten in $system (once, 3 GB, some minutes)"
  as_root rm -rf "$work"
  mkdir -p "$cache"
  # The mirror of this machine where it has Debian's; else debootstrap knows one.
  id=$(. /etc/os-release && printf '%s' "$ID")
  if [ "$id" = debian ]; then
    mirror=$(apt-get download --print-uris debootstrap | sed -n "s,^'\(.*\)/pool/.*,\1,p")
  fi
  if ! install_system "$work" "$mirror" < /dev/null > build/web-system.log 2>&1; then
    tail -n 5 build/web-system.log >&2
    say "It could not be made (build/web-system.log)."
    exit 5
  fi
  as_root mv "$work" "$system"
}

# Runs this script in the root, with project and cache in their places, as whoever called it.
in_root() {
  # shellcheck disable=SC2016 # expanded in there
  as_root unshare --mount bash -euc '
    root=$1 project=$2 cache=$3 who=$4; shift 4
    mount --make-rprivate /
    mkdir -p "$root$project" "$root/var/cache/iemlab" "$root/proc" "$root/dev"
    mount --bind "$project" "$root$project"
    mount --bind "$cache" "$root/var/cache/iemlab"
    mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    exec chroot --userspec="$who" "$root" env HOME=/tmp XDG_CACHE_HOME=/var/cache "$project/cmake/web.sh" "$@"
  ' in_root "$root" "$project" "$cache" "$(id -u):$(id -g)" "$@"
}

# build_for_web PRESET TARGET
build_for_web() {
  mkdir -p build "$cache"
  if has_emscripten; then
    build "$@"
    return
  fi
  install_packages run
  cmake -P cmake/fetch_archive.cmake >&2  # by pip, which the other system has not
  if [ ! -e "$root/usr/bin/emcc" ]; then
    if [ -n "${IEMLAB_WEB_ROOT:-}" ]; then
      say "IEMLAB_WEB_ROOT=$root has no Emscripten."
      exit 2
    fi
    make_system
  fi
  in_root --inside "$@"
}

# The program without threads and the one with, of which a visitor fetches one, beside each other.
build_page() {
  build_for_web web iemlab-web
  build_for_web web-threads iemlab-web
  cp -u build/web-threads/iemlab-web/iemlab-threads.* build/web/iemlab-web/
}

case ${1:-} in
  --inside)
    shift
    build "$@"
    ;;
  --node | --node-threads)
    preset=web${1#--node}
    shift
    build_for_web "$preset" iemlab-node
    exec node "build/$preset/iemlab-node.js" "$@"
    ;;
  --build)
    build_page
    du -h build/web/iemlab-web/* >&2
    ;;
  '' | [0-9]*)
    build_page
    exec cmake/web/serve.py build/web/iemlab-web "${1:-8000}"
    ;;
  *)
    say "usage: ./run --web [PORT | --build | --node ARGUMENTS | --node-threads ARGUMENTS]"
    exit 2
    ;;
esac
