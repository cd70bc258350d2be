# Notes to editors are never printed, in whatever vocabulary they come. To be sourced by run.sh.
note='Only for the desk'
never_printed() { # name, suffix; the file on standard input
    file=${TMPDIR:-/tmp}/notes-$1.$2
    cat >"$file"
    "$DUMP" "$file" >"$file.out" 2>"$file.err"
    if grep -q 'Text of the story' "$file.out" && ! grep -q "$note" "$file.out"; then
        echo "ok - input: no note to editors is printed: $1"
    else
        echo "not ok - input: no note to editors is printed: $1"
        sed 's/^/# /' "$file.out" "$file.err"
    fi
}
never_printed nitf-ed-msg xml <<END
<nitf><head><docdata><ed-msg info="$note 1">$note 2</ed-msg></docdata></head>
<body><body.head><hedline><hl1>Head</hl1></hedline><note noteclass="editorsnote"><body.content><p>$note 3</p></body.content></note></body.head>
<body.content><p>Text of the story.</p><note noteclass="editorsnote"><body.content><p>$note 4</p></body.content></note></body.content></body></nitf>
END
never_printed nitf-ednote xml <<END
<nitf><head><docdata><ednote>$note 1</ednote></docdata></head>
<body><body.head><hedline><hl1>Head</hl1></hedline><ednote>$note 2</ednote></body.head>
<body.content><p>Text of the story.</p><ednote><p>$note 3</p></ednote></body.content></body></nitf>
END
never_printed newsml-g2 xml <<END
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><itemClass qcode="ninat:text"/><edNote>$note 1</edNote></itemMeta>
<contentMeta><headline>Head</headline></contentMeta><partMeta><edNote>$note 2</edNote></partMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Text of the story.</p></body></html></inlineXML></contentSet></newsItem>
END
never_printed ninjs json <<END
{"uri": "urn:x", "pubstatus": "usable", "type": "text", "headline": "Head", "ednote": "$note 1", "edNote": "$note 2",
 "body_text": "Text of the story."}
END
