#!/usr/bin/env bash
# Builds one program of the Kubernetes source tree from the Go module proxy, once per version.
#   go-programs.sh <version> <program>        e.g. go-programs.sh 1.36.3 kube-apiserver
# Prints the path of the binary. The cache lives outside the checkout, keyed by version, so a second run does not build.
set -euo pipefail

version=${1:?version, e.g. 1.36.3}
program=${2:?program, e.g. kube-apiserver}
cache=${KUBEPERIMETER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kubeperimeter}
binary="$cache/kubernetes-$version/$program"
if [ -x "$binary" ]; then
  echo "$binary"
  exit 0
fi
command -v go >/dev/null || { echo "$program $version needs Go 1.26 or newer on PATH to be built" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mod=$(cd "$work" && go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
minor=${version#*.}

# k8s.io/kubernetes requires its staging modules as v0.0.0 and replaces them by folders of its own tree;
# a module outside that tree has to name the published version of each instead.
{
  echo "module kubeperimeter.test/kubernetes"
  grep -E '^(go|godebug) ' "$mod" || true
  sed -n '/^godebug (/,/^)/p' "$mod"
  echo "require k8s.io/kubernetes v$version"
  sed -nE "s#^[[:space:]]*(replace )?(k8s\.io/[a-z0-9-]+) => \./staging/.*#replace \2 => \2 v0.$minor#p" "$mod"
} >"$work/go.mod"

mkdir -p "$(dirname "$binary")"
flags="-X k8s.io/component-base/version.gitVersion=v$version"
flags="$flags -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=${minor%.*}"
echo "building $program $version (minutes, once)" >&2
(cd "$work" && GOFLAGS=-mod=mod go build -trimpath -ldflags "-s -w $flags" -o "$work/$program" "k8s.io/kubernetes/cmd/$program" >&2)
mv "$work/$program" "$binary"
echo "$binary"
