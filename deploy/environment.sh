#!/bin/sh
# Bring a virtual environment to exactly the packages of a lock file.
#
#   deploy/environment.sh requirements.txt [FOLDER]
#
# Does nothing, in a few milliseconds, when the environment already answers to the lock.
# Asks of the machine only Python >= 3.11 with its venv module.
set -eu

lock=$1
venv=${2:-.venv}
current=$(cat "$venv/.lock" 2>/dev/null || true)

# The development lock holds everything the plain one does: never shrink back to it.
case "$lock $current" in
"requirements.txt requirements-dev.txt "*) lock=requirements-dev.txt ;;
esac
wanted="$lock $(cat requirements-uv.txt "$lock" | cksum)"

if [ "$current" = "$wanted" ] && "$venv/bin/python" -c '' 2>/dev/null; then
    exit 0
fi

fail() {
    echo "$1" >&2
    exit 1
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    [ -n "$python" ] || fail "Il manque Python 3.11 ou plus récent : apt install python3"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "Il manque le module venv de Python : apt install $python-venv"
    echo "Création de l'environnement $venv/ ($("$python" --version))…"
    "$python" -m venv --clear "$venv"
fi

echo "Installation des paquets de $lock…"
pip="$venv/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes"

install_with_uv() {
    $pip -r requirements-uv.txt && "$venv/bin/python" -m uv pip sync --quiet --system-certs \
        --require-hashes --python "$venv/bin/python" "$lock"
}

# uv is only a faster pip, and does not read pip's own settings (mirror, proxy): when it cannot be
# had, or fetches nothing, pip installs the same lock.
if ! install_with_uv; then
    echo "uv n'a pas abouti : même installation avec pip, un peu plus longue…"
    $pip -r "$lock" || fail "Les paquets de $lock n'ont pas pu être installés : voyez ci-dessus."
fi
echo "$wanted" >"$venv/.lock"
