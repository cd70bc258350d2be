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
