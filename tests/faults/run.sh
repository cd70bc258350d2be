# A part of `make faults`: calls that fail leave the whole new file or the old one, an exit code and a message.
# Without malloc: libxslt 2.9.14 does not survive each of its own that fails (it crashes; the old file stays).
[ -z "$SANITIZED" ] || { echo "ok - faults # skip instrumented code brings its own malloc"; exit 0; }
exec "$PYTHON" tests/faults/sweep.py "$BUILD/tests/faults/shim.so" "$NEWS2PDF" --step 400 --without malloc
