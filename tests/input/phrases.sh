# Phrases that must stand in what is read out of a small document, or must not (with ! in front); warnings count.
# To be sourced by run.sh.
reads() { # what it says, suffix, phrases ...; the file on standard input
    says=$1
    file=${TMPDIR:-/tmp}/phrases.$2
    shift 2
    cat >"$file"
    "$DUMP" $options "$file" >"$file.out" 2>&1
    wrong=
    for phrase; do
        case $phrase in
        !*) grep -qF -e "${phrase#!}" "$file.out" && wrong=$phrase ;;
        *) grep -qF -e "$phrase" "$file.out" || wrong=$phrase ;;
        esac
    done
    if [ -z "$wrong" ]; then
        echo "ok - input: $says"
    else
        echo "not ok - input: $says: $wrong"
        sed 's/^/# /' "$file.out"
    fi
}
options=

# An article element without a namespace is JATS's or DocBook's by what it begins with.
reads 'JATS without namespace or version' xml '>Ice melts</h1>' '>Faster</p>' '>Kim Bo</span>' '>Section</h2>' <<END
<article><front><article-meta><title-group><article-title>Ice melts</article-title><subtitle>Faster</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Bo</surname><given-names>Kim</given-names></name></contrib></contrib-group></article-meta></front>
<body><sec><title>Section</title><p>Text.</p></sec></body></article>
END
reads 'JATS with its doctype' xml '>Ice melts</h1>' <<END
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN" "JATS-journalpublishing1-3.dtd">
<article dtd-version="1.3"><!-- its head --><front><article-meta><title-group><article-title>Ice melts</article-title></title-group></article-meta></front>
<body><p>Text.</p></body></article>
END
reads 'DocBook 4' xml '>Ice melts</h1>' '>Ann Lee</span>' '>One.</p>' '>Section</h2>' <<END
<article lang="en"><articleinfo><title>Ice melts</title><author><firstname>Ann</firstname><surname>Lee</surname></author></articleinfo>
<para>One.</para><sect1><title>Section</title><para>Two.</para></sect1></article>
END
reads 'DocBook 4 by its doctype' xml '>One.</p>' '>Section</h2>' <<END
<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "http://www.oasis-open.org/docbook/xml/4.5/docbookx.dtd">
<article><para>One.</para><sect1><title>Section</title><para>Two.</para></sect1></article>
END
reads 'DocBook that begins with a paragraph' xml '>One.</p>' '>Section</h2>' <<END
<article><para>One.</para><sect1><title>Section</title><para>Two.</para></sect1></article>
END
reads 'an article element of HTML' xml '>Ice melts</h1>' '>Section</h2>' <<END
<article><header><h1>Ice melts</h1></header><p>The council of the harbour said on Monday that the ice melts.</p><h2>Section</h2><p>The ships wait, and so does the council.</p></article>
END

# ANPA as the Associated Press writes it: "^" begins and "<" or "=" ends each line of the head.
printf '\001a0123 r i bc-\r\nBC-Storm 02-29 0123\r\n\002\r\n^BC-US--Storm, 1st Ld-Writethru,0123<\r\n^Storm hits\r\nthe coast<\r\n^Eds: UPDATES with quotes.\r\nMORE to come.<\r\n^By JO DAY=\r\n^Associated Press Writer=\r\n   OSLO (AP) _ A storm came.\r\n   Second paragraph.\r\n^Eds: A NOTE within.<\r\n^The ships<\r\n   Third paragraph.\r\n\003' |
    reads 'ANPA with carets' txt '>Storm hits the coast</h1>' '!UPDATES' '!MORE' '!NOTE' '!^' '!BC-' '!&lt;' '>By <span' '>JO DAY</span>' \
        '<span class="role"' 'Associated Press Writer' '>OSLO (AP) _ A storm came.</p>' '>Second paragraph.</p>' '>The ships</' '>Third paragraph.</p>' 'data-correction="update"'

# Fractions and powers, which run together without a sign.
reads 'fractions of NITF' xml 'rose 1/2 point to 3 1/2 percent' <<XML
<nitf><body><body.head><hedline><hl1>Rates</hl1></hedline></body.head><body.content><p>The rate rose <num><frac><frac-num>1</frac-num><frac-sep>/</frac-sep><frac-den>2</frac-den></frac></num> point to 3 <num><frac><frac-num>1</frac-num><frac-den>2</frac-den></frac></num> percent.</p></body.content></body></nitf>
XML
reads 'MathML' html 'It is 1/2 of (a+b)/c, or √2, or √(x-1), or x<sup' '>2</sup>' '<sub' '>n</sub>' '!frac' <<HTML
<html lang=en><article><h1>Maths</h1><p>It is <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of <math><semantics><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac><annotation>\\frac{a+b}{c}</annotation></semantics></math>, or <math><msqrt><mn>2</mn></msqrt></math>, or <math><msqrt><mi>x</mi><mo>-</mo><mn>1</mn></msqrt></math>, or <math><msup><mi>x</mi><mn>2</mn></msup></math> or <math><msub><mi>x</mi><mi>n</mi></msub></math>, the council of the harbour said, and that is so.</p></article></html>
HTML

# Lists keep their numbers.
reads 'numbers of lists' html '<ol start="3"' '<li value="9"' '<ol type="A"' '<ol reversed=""' <<HTML
<html lang=en><body><article><h1>Rules</h1><p>What the rules of the harbour are, and where they apply, is written here.</p><ol start=3><li>three</li><li value=9>nine</li></ol><ol type=A><li>letter</li></ol><ol reversed><li>two</li><li>one</li></ol><p>See rule A above.</p></article></body></html>
HTML
reads 'numbers of lists of JATS' xml '<ol type="a"' '<ol type="I"' <<XML
<article article-type="news"><front><article-meta><title-group><article-title>Rules</article-title></title-group></article-meta></front>
<body><list list-type="alpha-lower"><list-item><p>One</p></list-item></list><list list-type="roman-upper"><list-item><p>Two</p></list-item></list></body></article>
XML
reads 'numbers of lists of DocBook' xml '<ol type="A" start="3"' <<XML
<article xmlns="http://docbook.org/ns/docbook"><title>Rules</title><orderedlist numeration="upperalpha" startingnumber="3"><listitem><para>One</para></listitem></orderedlist></article>
XML

# Of several articles on a page the headline's own is read.
reads 'two short articles on one page' html '>First headline</h1>' '>The first story' '!>The second story' 'another article on this page is not printed: Second headline' <<HTML
<html lang=en><body><article><h1>First headline</h1><p>The first story has one paragraph about the harbour and its ships, which wait outside.</p></article><article><h1>Second headline</h1><p>The second story has one paragraph about the council and its bridge, which is late and very dear.</p></article></body></html>
HTML
