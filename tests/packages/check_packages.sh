#!/usr/bin/env bash
# check_packages.sh FOLDER: installs the Debian package of FOLDER (build/release after ./run --package) in a bare
# system of its own, runs the program there, and removes it. Then the same with the archive. As root; needs debootstrap.
# Says what was installed and how large it is; exit 1 where something is not as it should be.
set -euo pipefail
[ $# = 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
folder=$(cd "$1" && pwd)
root=${ROOT:-$(mktemp -d)}
shopt -s nullglob
debs=("$folder"/iemlab_*.deb) archives=("$folder"/iemlab-*.tar.gz)
if [ ${#debs[@]} != 1 ] || [ ${#archives[@]} != 1 ]; then echo "$folder holds no package; ./run --package makes it" >&2; exit 2; fi

if [ ! -e "$root/.ready" ]; then
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mirror=$(sed -n 's/^URIs: //p;s/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null | head -1)
  debootstrap --variant=minbase --include=ca-certificates "$release" "$root" "$mirror" > /dev/null
  rm -rf "$root/etc/apt" && cp -a /etc/apt "$root/etc/apt"
  cp -a /usr/share/keyrings/. "$root/usr/share/keyrings/"
  cp -aL /etc/ssl/certs/. "$root/etc/ssl/certs/" 2> /dev/null || true  # some are there already
  for file in /etc/resolv.conf /etc/hosts; do cp -L "$file" "$root$file"; done
  touch "$root/.ready"
fi
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }
runs() {  # the program, by this name, does what a reader would try first
  inside "$1" --version
  inside "$1" run penguins --steps 20 --figure stage=/tmp/stage.pdf --figure loss=/tmp/loss.svg --quiet
  inside test -s /tmp/stage.pdf -a -s /tmp/loss.svg
  inside rm /tmp/stage.pdf /tmp/loss.svg
  inside "$1" check three_blobs --steps 5 > /dev/null
}

cp "${debs[0]}" "$root/tmp/iemlab.deb"
inside apt-get update -qq
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/iemlab.deb > /dev/null
runs iemlab
# shellcheck disable=SC2016  # dpkg's own variable
echo "Debian package: $(stat -c %s "${debs[0]}") bytes, installed $(inside dpkg-query -W -f='${Installed-Size}' iemlab) KiB"
inside env DEBIAN_FRONTEND=noninteractive apt-get remove -y -qq iemlab > /dev/null
if inside which iemlab; then echo "it is still there" >&2; exit 1; fi

# The libraries stay: the archive takes the system's.
mkdir -p "$root/opt/iemlab" && tar -xzf "${archives[0]}" -C "$root/opt/iemlab" --strip-components=1
runs /opt/iemlab/bin/iemlab
rm -r "$root/opt/iemlab"
echo "Archive: $(stat -c %s "${archives[0]}") bytes"
