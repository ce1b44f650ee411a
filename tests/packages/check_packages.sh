#!/usr/bin/env bash
# check_packages.sh FOLDER: installs what FOLDER holds in a bare system of its own, runs the program there, and removes it.
# build/release after ./run --package: the Debian package and the archive, in this machine's release of Debian.
# build/portable after ./run --package --portable: archive and wheel, in Debian 11 with nothing installed beside them; the
# wheel also by pip on this machine. As root; needs debootstrap. ROOT=FOLDER keeps the bare system there for another time.
# Says what was installed and how large it is; exit 1 where something is not as it should be.
set -euo pipefail
[ $# = 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
folder=$(cd "$1" && pwd)
if [ -n "${ROOT:-}" ]; then
  root=$ROOT
else
  root=$(mktemp -d)
  trap 'rm -rf --one-file-system "$root"' EXIT
fi
shopt -s nullglob
debs=("$folder"/iemlab_*.deb) archives=("$folder"/iemlab-*.tar.gz) wheels=("$folder"/wheel/iemlab-*-manylinux_*.whl)
if [ ${#archives[@]} != 1 ] || [ $((${#debs[@]} + ${#wheels[@]})) != 1 ]; then
  echo "$folder holds no package; ./run --package makes it" >&2
  exit 2
fi

make_system() {  # of this release, in $root, from where this machine has its packages
  local mirror
  [ -e "$root/.ready" ] && return
  mirror=$(apt-get download --print-uris debootstrap | sed -n "s,^'\(.*\)/pool/.*,\1,p")
  debootstrap --variant=minbase --include=ca-certificates "$1" "$root" "$mirror" > /dev/null
  touch "$root/.ready"
}
take_mirrors() {  # those of this machine
  rm -rf "$root/etc/apt" && cp -a /etc/apt "$root/etc/apt"
  cp -a /usr/share/keyrings/. "$root/usr/share/keyrings/"
  cp -aL /etc/ssl/certs/. "$root/etc/ssl/certs/" 2> /dev/null || true  # some are there already
  for file in /etc/resolv.conf /etc/hosts; do cp -L "$file" "$root$file"; done
}
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }
runs() {  # the program, by this name, does what a reader would try first
  inside "$1" --version
  inside "$1" run penguins --steps 20 --figure stage=/tmp/stage.pdf --figure loss=/tmp/loss.svg --quiet
  inside test -s /tmp/stage.pdf -a -s /tmp/loss.svg
  inside rm /tmp/stage.pdf /tmp/loss.svg
  inside "$1" check three_blobs --steps 5 > /dev/null
}
unpack_archive() { mkdir -p "$root/opt/iemlab" && tar -xzf "${archives[0]}" -C "$root/opt/iemlab" --strip-components=1; }
archive_runs() {
  runs /opt/iemlab/bin/iemlab
  echo "Archive: $(stat -c %s "${archives[0]}") bytes"
}

check_debian() {
  make_system "$(. /etc/os-release && echo "$VERSION_CODENAME")"
  take_mirrors
  cp "${debs[0]}" "$root/tmp/iemlab.deb"
  inside apt-get update -qq
  inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/iemlab.deb > /dev/null
  runs iemlab
  # shellcheck disable=SC2016  # dpkg's own variable
  echo "Debian package: $(stat -c %s "${debs[0]}") bytes, installed $(inside dpkg-query -W -f='${Installed-Size}' iemlab) KiB"
  inside env DEBIAN_FRONTEND=noninteractive apt-get remove -y -qq iemlab > /dev/null
  if inside which iemlab; then echo "it is still there" >&2; exit 1; fi
  # The libraries stay: the archive takes the system's.
  unpack_archive
  archive_runs
}

check_portable() {
  local in_wheel=$root/opt/wheel environment
  make_system bullseye
  unpack_archive
  if inside ldd /opt/iemlab/bin/iemlab | grep -vE 'linux-vdso|ld-linux|^\s*lib(c|m|dl|rt|pthread)\.so'; then
    echo "it needs more than glibc" >&2
    exit 1
  fi
  inside ldd --version | head -1
  archive_runs
  python3 -m zipfile -e "${wheels[0]}" "$in_wheel"  # the Python there is too old for the package
  chmod +x "$in_wheel/iemlab/bin/iemlab"
  runs /opt/wheel/iemlab/bin/iemlab
  rm -r "$in_wheel"
  environment=$(mktemp -d)
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --no-index "${wheels[0]}"
  "$environment/bin/iemlab" --version
  "$environment/bin/python" -c 'import iemlab; print(iemlab.run("penguins", steps=20))'
  rm -r "$environment"
  echo "Wheel: $(stat -c %s "${wheels[0]}") bytes, ${wheels[0]##*/}"
}

if [ ${#wheels[@]} = 1 ]; then check_portable; else check_debian; fi
rm -r "$root/opt/iemlab"
