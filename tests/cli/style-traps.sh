# Style sheets that mean harm: each is set, or refused with a message, in a time and a depth of stack in proportion.
. tests/cli/lib.sh
if [ -n "$SANITIZED" ]; then
    many=5000 # instrumented code is slow
else
    many=50000
fi

# trap_sheet NAME CSS [BODY]: CSS and BODY are awk expressions; r(text, times) repeats. At most 10 seconds of work.
trap_sheet() {
    awk -v many=$many "function r(text, times,   i, all) { for (i = 0; i < times; i++) all = all text; return all }
        BEGIN { printf \"<!DOCTYPE html><style>@import 'self.css'; @page{size:A4}%s</style>%s\", $2, ${3:-\"<p>x\"} }" >"$work/trap.html"
    ( ulimit -t $((SANITIZED ? 60 : 10)); "$NEWS2PDF" -q "$work/trap.html" -o "$work/trap.pdf" >"$work/out" 2>"$work/err" )
    code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 1 ]
    verdict $? "$1"
}
SANITIZED=${SANITIZED:-0}

printf '@page{size:A4}' >"$work/self.css"
trap_sheet "a product of many factors" '"p{width:calc(1px" r("*1", many) ")}"'
trap_sheet "a quotient that has a percentage" '"p{width:calc(1%" r("*1/1", many) ")}"'
trap_sheet "many nested rules and no semicolon" '"a{" r("b:hover{color:red}", many) "}"'
trap_sheet "nested rules that name their parent twice" '"*{" r("& &{", 31) "color:red" r("}", 32)' 'r("<div>", 40) "x"'
trap_sheet "a selector of many compounds" '"*" r("+*", many) "{color:red}"' 'r("<p></p>", many)'
trap_sheet "what follows each of many siblings" '"p:has(~ i){color:red}"' 'r("<p></p>", many)'
trap_sheet "a layer in a layer in a layer" '"@layer a" r(".a", many) "{p{color:red}}"'
trap_sheet "layers without a name" 'r("@layer{}", many)'
trap_sheet "links to no element" '"a::after{content:target-text(attr(href))}"' 'r("<p><a href=\"#x\">x</a>", 20000)'
trap_sheet "signs that repeat" '"@counter-style s{system:symbolic;symbols:\"" r("x", 5000) "\"}ul{list-style-type:s}"' '"<ul>" r("<li>y", 300)'
awk -v many=$many 'BEGIN { printf "<!DOCTYPE html><style>@page{size:A4}:root{"; for (i = 0; i < many; i++) printf "--a%d:var(--a%d);", i, i + 1
    printf "}body{grid-template:\""; for (i = 0; i < many; i++) printf " a%d", i
    printf "\"}body{counter-reset:"; for (i = 0; i < many; i++) printf " a%d", i
    printf "}</style>"; for (i = 0; i < many / 5; i++) printf "<p></p>" }' >"$work/names.html"
( ulimit -t $((SANITIZED ? 60 : 10)); "$NEWS2PDF" -q "$work/names.html" -o "$work/trap.pdf" >"$work/out" 2>"$work/err" )
code=$?
verdict $code "many custom properties, counters and areas of a grid"
trap_sheet "margins in a line beyond all measure" '"span{margin-right:99999999pt}"' 'r("<span>x", 6)'
trap_sheet "type beyond all measure" '"p{font-size:999999999pt;letter-spacing:999999999pt;word-spacing:99999999pt}"' '"<p>some words"'
trap_sheet "tabs beyond all measure" '"pre{tab-size:999999999pt}"' '"<pre>\ta\tb\tc\td\te\tf</pre>"'
trap_sheet "places beyond all measure" '"p{background:right -9999999999% top url(x),-webkit-linear-gradient(-99999999999deg,red,blue)}"'
trap_sheet "a drawing beyond all measure" '""' '"<svg width=99999999 height=1></svg>"'
awk 'BEGIN { for (i = 0; i < 10; i++) printf "@import \"self.css\";"; print "p{color:red}" }' >"$work/self.css"
trap_sheet "a style sheet that imports itself ten times" '""'
