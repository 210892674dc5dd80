#!/bin/sh
# Makes .venv with Python 3.10 and every pinned package. Needs only Python 3; finds or fetches the rest.
# TORCH_INDEX (optional): address of an index with CPU builds of torch, which saves several gigabytes.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }

works() { "$1" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

find_python() {
    for candidate in "${PYTHON310:-}" python3.10 python3 python \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3.10 \
        "$HOME"/.local/share/uv/python/cpython-3.10*/bin/python3.10 /usr/local/bin/python3.10 /opt/homebrew/bin/python3.10; do
        if [ -n "$candidate" ] && works "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

if [ ! -x build/uv/bin/uv ] && ! command -v uv >/dev/null 2>&1; then
    say "1/3 Fetching uv, which installs packages quickly ..."
    mkdir -p build
    python3 -m venv build/uv
    build/uv/bin/python -m pip install --quiet uv
fi
uv=$(command -v uv || echo build/uv/bin/uv)

if [ ! -x .venv/bin/python ] || ! works .venv/bin/python; then
    rm -rf .venv
    if python=$(find_python); then
        say "2/3 Making .venv with $("$python" --version) ..."
        "$python" -m venv .venv
    else
        say "2/3 No Python 3.10 on this machine: uv fetches it ..."
        if ! "$uv" venv --seed --python 3.10 .venv; then
            say "Redress needs Python 3.10 (the newest that Rasa supports). Install it, or name it: make PYTHON310=/path/to/python3.10 ..."
            exit 1
        fi
    fi
fi

say "3/3 Installing the pinned packages. The first time this takes some minutes."
wanted=requirements.txt
if [ -n "${TORCH_INDEX:-}" ]; then
    mkdir -p build
    wanted=build/requirements-cpu.txt
    grep -v -E '^(nvidia-|cuda-|triton)' requirements.txt > "$wanted"
    VIRTUAL_ENV="$PWD/.venv" "$uv" pip install --index-url "$TORCH_INDEX" --no-deps "$(grep '^torch==' requirements.txt)"
fi
if ! VIRTUAL_ENV="$PWD/.venv" "$uv" pip install -r "$wanted"; then
    say "uv could not install everything; trying again with pip ..."
    .venv/bin/python -m pip install --quiet --progress-bar on -r "$wanted"
fi
touch .venv/.installed
say "The environment is ready."
