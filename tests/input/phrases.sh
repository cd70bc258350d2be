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

# Text that no format may lose.
reads 'NITF: abstract beside hl2, bibliography, text as media' xml '>Second head</p>' '>The abstract speaks.</p>' '>The book.</p>' '>A text of media.</p>' '!QUJD' <<XML
<nitf><body><body.head><hedline><hl1>Head</hl1><hl2>Second head</hl2></hedline><abstract><p>The abstract speaks.</p></abstract></body.head>
<body.content><p>Body of the story.</p><media media-type="text"><media-object encoding="none">A text of media.</media-object></media>
<media media-type="text"><media-object encoding="base64">QUJD</media-object></media></body.content><body.end><bibliography>The book.</bibliography></body.end></body></nitf>
XML
reads 'JATS: titles of boxes, notes of tables, verses, what stands behind the text' xml '>The subtitle.</p>' '>The abstract.</p>' '>Box one</h3>' '>Box two</h3>' \
    '>Foot of the table.</p>' '>Theorem</h3>' '>First verse<br' 'Second verse' '>Appendix</h2>' '>Of the appendix.</p>' '>References</h2>' '>A cited book.</p>' '>Glossary</h2>' '>A word.</p>' '>A note.</p>' '>Anna</' <<XML
<article><front><article-meta><title-group><article-title>Ice</article-title><subtitle>The subtitle.</subtitle></title-group><abstract><p>The abstract.</p></abstract></article-meta></front>
<body><p>Body text.</p><boxed-text><caption><title>Box one</title></caption><p>box</p></boxed-text><boxed-text><title>Box two</title><p>box</p></boxed-text>
<table-wrap><table><tr><th>v</th><td>w</td></tr></table><table-wrap-foot><p>Foot of the table.</p></table-wrap-foot></table-wrap>
<sec><title>S</title><statement><title>Theorem</title><p>st</p></statement><verse-group><verse-line>First verse</verse-line><verse-line>Second verse</verse-line></verse-group><speech><speaker>Anna</speaker><p>I speak.</p></speech></sec></body>
<back><app-group><app><title>Appendix</title><p>Of the appendix.</p></app></app-group><ref-list><title>References</title><ref><mixed-citation>A cited book.</mixed-citation></ref></ref-list>
<glossary><title>Glossary</title><p>A word.</p></glossary><notes><p>A note.</p></notes></back></article>
XML
reads 'DocBook: titles of what is no section, bibliography' xml '>Side title</h3>' '>Note title</h3>' '>Example title</h3>' '>How to</h3>' '>First step</h3>' '>Appendix</h2>' '>Segment<' '>Books</h2>' \
    'The book' 'Ann Lee' '>Remark</' <<XML
<article xmlns="http://docbook.org/ns/docbook"><info><title>Head</title></info><para>One.</para><sidebar><title>Side title</title><para>sd</para></sidebar><note><title>Note title</title><para>nt</para></note>
<example><info><title>Example title</title></info><programlisting>CODE</programlisting></example><procedure><title>How to</title><step><title>First step</title><para>st</para></step></procedure>
<section><title>SEC</title><segmentedlist><segtitle>Segment</segtitle><seglistitem><seg>SEG</seg></seglistitem></segmentedlist></section><appendix><title>Appendix</title><para>APPX</para></appendix>
<bibliography><title>Books</title><biblioentry><author><personname>Ann Lee</personname></author><title>The book</title></biblioentry><biblioentry><abbrev>R</abbrev><title>Remark</title></biblioentry></bibliography></article>
XML
reads 'Apple News: tables of data, people of pictures, captions of films' json '>Port</th>' '>Ships</th>' '>Busan</td>' '>12</td>' '>By Ill</p>' '>By Pho</p>' 'left out, with its words: The film' <<JSON
{"version":"1.7","identifier":"i","title":"Head","language":"en","components":[{"role":"title","text":"Head"},{"role":"body","text":"One."},
{"role":"datatable","data":{"descriptors":[{"key":"a","label":"Port"},{"key":"b-2","label":{"text":"Ships","type":"formatted_text"}}],"records":[{"a":"Busan","b-2":12},{"b-2":{"type":"formatted_text","text":"7"},"a":"Ulsan"}]}},
{"role":"illustrator","text":"By Ill"},{"role":"photographer","text":"By Pho"},{"role":"video","URL":"http://v","caption":"The film"}]}
JSON
reads 'ninjs: any HTML body' json '>Text of it.</p>' '>Head</h1>' <<JSON
{"uri":"u","type":"text","headline":"Head","body_html5":"<p>Text of it.</p>"}
JSON
reads 'ninjs: Markdown' json '<em' '>Text</em>' <<JSON
{"uri":"u","type":"text","headline":"Head","body_markdown":"*Text* of it."}
JSON
reads 'ninjs without a URI' json '>Text of it.</p>' '>Head</h1>' <<JSON
{"type":"text","headline":"Head","body_html":"<p>Text of it.</p>"}
JSON

# Links within the text are text; a list of them may be the page's, and is named when it goes.
reads 'links within an article' html '>Zeta. This is' 'note: left out as links of the page: Beta link one | Beta link two [' 'note: left out as links of the page: Ministry report 2024 [' 'note: left out as links of the page: Sources [' <<HTML
<html lang=en><head><title>Head</title></head><body><article><h1>Head</h1><p>Alpha. This is a reasonably long paragraph of article text, with commas, and clauses, that ought to be liked.</p><ul><li><a href=1>Beta link one</a></li> <li><a href=2>Beta link two</a></li></ul><p><a href=4>Zeta. This is a reasonably long paragraph of article text, with commas, and clauses, that ought to be liked.</a></p><p>Delta. This is a reasonably long paragraph of article text, with commas, and clauses, that ought to be liked.</p><h2>Sources</h2><ul><li><a href=1>Ministry report 2024</a></li></ul></article></body></html>
HTML

# A declaration of UTF-8 that no byte bears out.
printf '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>F</title><item><title>M\374ller</title><description>\223quote\224</description></item></channel></rss>' |
    reads 'declared as UTF-8, but windows-1252' xml '>Müller</h1>' '>“quote”</p>' 'charset-guessed'
