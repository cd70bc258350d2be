# Balanced columns are as low as their content allows, and no lower: a line that is drawn up to the page's grid needs room that
# it doesn't use, and two lines went on to a page of their own.
. tests/cli/lib.sh
run -s newsletter --set page-size=a5 --dump=fragments tests/cli/balance.html -o "$work/made.xml"
exits 0 "an article of two pages"
check "has two pages" test "$(grep -c '<page ' "$work/made.xml")" = 2
