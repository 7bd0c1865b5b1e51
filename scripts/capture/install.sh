#!/bin/sh
# Installs each mail server into a directory of its own: the Debian packages exclude one another.
# One base system is made by debootstrap; a server is an overlay directory on top of it.
# A name with a colon, npm:NAME@VERSION, comes from the npm registry, with the node that runs this.
# usage: install.sh SERVER PACKAGE…    (root; needs the Debian mirror; does nothing when it is already there)
set -eu
cache=${CAPTURE_CACHE:-/var/cache/bouncekit-capture}
server=$1
here=$(cd "$(dirname "$0")" && pwd)
shift
mkdir -p "$cache"
cd "$cache"
if [ ! -e base.done ]; then
  command -v debootstrap >/dev/null || apt-get install -qy --no-install-recommends debootstrap
  rm -rf base
  debootstrap --variant=minbase --include=ca-certificates,procps,netbase bookworm base http://deb.debian.org/debian
  for suite in bookworm-updates "bookworm-security"; do
    archive=debian
    [ "$suite" = bookworm-security ] && archive=debian-security
    echo "deb http://deb.debian.org/$archive $suite main" >>base/etc/apt/sources.list
  done
  printf '#!/bin/sh\nexit 101\n' >base/usr/sbin/policy-rc.d # no service starts while it is installed
  chmod 755 base/usr/sbin/policy-rc.d
  chroot base apt-get update -q
  touch base.done
fi
[ -e "image/$server.done" ] && exit 0
rm -rf "image/$server" "work/$server"
mkdir -p "image/$server" "work/$server" "root/$server"
mount -t overlay overlay -o "lowerdir=base,upperdir=image/$server,workdir=work/$server" "root/$server"
trap 'umount "root/$server/proc" 2>/dev/null || true; umount "root/$server"' EXIT
mount -t proc proc "root/$server/proc"
echo mta.example >"root/$server/etc/mailname"
cp /etc/resolv.conf "root/$server/etc/resolv.conf"
case $1 in
  npm:*)
    site="root/$server/opt/$server"
    mkdir -p "$site"
    cp "$here/npm/$server.json" "$site/package.json"
    npm install --prefix "$site" --no-audit --no-fund --omit=optional
    cp "$(node -p process.execPath)" "root/$server/usr/local/bin/node"
    touch "image/$server.done"
    exit 0
    ;;
esac
DEBIAN_FRONTEND=noninteractive chroot "root/$server" \
  apt-get install -qy --no-install-recommends -o Dpkg::Options::=--force-confold "$@"
chroot "root/$server" apt-get clean
touch "image/$server.done"
