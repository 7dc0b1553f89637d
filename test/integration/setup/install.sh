#!/usr/bin/env bash
# Installs what `npm run test:integration` and the whole of `npm run bench` need beyond npm: Debian's Chromium, etcd, sslscan and
# testssl.sh, moto from PyPI, Kubernetes' own programs and vegeta from the Go module proxy, and the oldest Node that users may have.
# Safe to run again.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cache=${KUBEPERIMETER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kubeperimeter}
moto=5.2.5
oldest_node=22.12.0
sample=0.36.3
vegeta=12.13.0
mkdir -p "$cache"

missing=()
for package in chromium etcd-server openssl python3-venv sslscan testssl.sh; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  $as_root apt-get update -q
  # etcd must not start as a service of the machine: the tests start their own, on a free port.
  DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 $as_root apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

if [ ! -x "$cache/moto-$moto/bin/moto_server" ]; then
  rm -rf "$cache/moto-$moto"
  python3 -m venv "$cache/moto-$moto"
  "$cache/moto-$moto/bin/pip" install --quiet --disable-pip-version-check "moto[server]==$moto"
fi

if [ ! -x "$cache/node-$oldest_node/node_modules/.bin/node" ]; then
  mkdir -p "$cache/node-$oldest_node"
  echo '{ "private": true, "allowScripts": { "node": true } }' >"$cache/node-$oldest_node/package.json"
  npm install --prefix "$cache/node-$oldest_node" --no-save --no-audit --no-fund "node@$oldest_node" >/dev/null
fi

for program in '1.36.3 kube-apiserver' '1.36.3 kubectl' '1.33.13 kube-apiserver'; do
  # shellcheck disable=SC2086
  "$here/go-programs.sh" $program
done

# Published as a module that builds by itself, unlike the Kubernetes tree.
if [ ! -x "$cache/sample-apiserver-$sample/sample-apiserver" ]; then
  GOBIN="$cache/sample-apiserver-$sample" go install -trimpath -ldflags '-s -w' "k8s.io/sample-apiserver@v$sample"
fi

# What the benchmark compares a look with.
if [ ! -x "$cache/vegeta-$vegeta/vegeta" ]; then
  GOBIN="$cache/vegeta-$vegeta" go install -trimpath -ldflags '-s -w' "github.com/tsenart/vegeta/v12@v$vegeta"
fi
