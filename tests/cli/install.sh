# make install, uninstall; a second make does nothing; the library serves a program that is not ours.
. tests/cli/lib.sh
if [ -n "$SANITIZED" ]; then
    skip "make install" "the sanitizers' build is not for installing"
    exit 0
fi
unset MAKEFLAGS MAKELEVEL MFLAGS
here=$(basename "$(dirname "$NEWS2PDF")")
# With the prefix that it was built for: another one would link the program anew, under the other tests' feet.
prefix=$(awk '{ print $2 }' "$(dirname "$NEWS2PDF")/prefix")
check "a second make does nothing" make -q all BUILD="$here" PREFIX="$prefix"
make install BUILD="$here" DESTDIR="$work/root" PREFIX="$prefix" >"$work/out" 2>"$work/err"
code=$?
exits 0 "make install PREFIX= DESTDIR="
root=$work/root$prefix
share=$root/share
for file in bin/news2pdf include/news2pdf.h lib/libnews2pdf.a lib/libnews2pdf.so lib/pkgconfig/news2pdf.pc share/man/man1/news2pdf.1 share/bash-completion/completions/news2pdf share/zsh/site-functions/_news2pdf share/fish/vendor_completions.d/news2pdf.fish share/news2pdf/styles/daily.css share/news2pdf/fonts/index share/news2pdf/profiles/coated-fogra39-300.icc share/news2pdf/profiles/LICENSE; do
    check "installs $file" test -s "$root/$file"
done
check "installs hyphenation patterns" test -d "$share/news2pdf/hyphenation"
check "names no folder of the build" sh -c "! grep -q '$work' '$root/lib/pkgconfig/news2pdf.pc'"

article >"$work/a.xml"
mkdir "$work/elsewhere"
cp -r "$work/root" "$work/elsewhere/moved"
for place in root elsewhere/moved; do
    (cd / && "$work/$place$prefix/bin/news2pdf" "$work/a.xml" -o "$work/installed.pdf" 2>"$work/err")
    code=$?
    exits 0 "the program at $place finds its styles and fonts"
done
run "$work/a.xml" -o "$work/built.pdf"
check "and makes the same file as the one that was built" cmp "$work/built.pdf" "$work/installed.pdf"

cat >"$work/client.c" <<END
#include <news2pdf.h>
int main(int count, char **arguments)
{
    news2pdf_options options = {.input = arguments[1], .output = arguments[2], .data = arguments[3]};
    news2pdf_result result;
    return count == 4 ? news2pdf_convert(&options, &result) : 2;
}
END
lib=$root/lib
check "a client compiles, shared" cc -Wall -Werror -I"$root/include" "$work/client.c" -o "$work/client" -L"$lib" -lnews2pdf
LD_LIBRARY_PATH=$lib "$work/client" "$work/a.xml" "$work/client.pdf" "$share/news2pdf" 2>"$work/err"
code=$?
exits 0 "and sets an article"
check "the same as the program does" cmp "$work/built.pdf" "$work/client.pdf"
check "the shared library shows only its own names" sh -c "! nm -D --defined-only '$lib/libnews2pdf.so' | grep -v ' news2pdf_\| NEWS2PDF_\| A '"

make uninstall BUILD="$here" DESTDIR="$work/root" PREFIX="$prefix" >"$work/out" 2>"$work/err"
code=$?
exits 0 "make uninstall"
check "leaves no file" test -z "$(find "$work/root" -type f -o -type l)"
