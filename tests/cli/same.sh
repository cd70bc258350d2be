# Same input, same bytes: twice, in another folder, under another locale and time zone, with 1 or 2 threads.
. tests/cli/lib.sh
article "Same line" '<media media-type="image"><media-reference mime-type="image/jpeg" source="photo.jpg"/><media-caption>The ferry at the pier.</media-caption></media>' >"$work/a.xml"
cp tests/cli/photo.jpg "$work/photo.jpg"
unset SOURCE_DATE_EPOCH

run "$work/a.xml" -o "$work/first.pdf"
exits 0 "the article is set"
sleep 1
run "$work/a.xml" -o "$work/again.pdf"
check "a second later: the same bytes" cmp "$work/first.pdf" "$work/again.pdf"
mkdir "$work/elsewhere"
cp "$work/a.xml" "$work/photo.jpg" "$work/elsewhere"
(cd "$work/elsewhere" && "$NEWS2PDF" a.xml -o out.pdf) 2>/dev/null
check "in another folder: the same bytes" cmp "$work/first.pdf" "$work/elsewhere/out.pdf"
for locale in C C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 ko_KR.UTF-8; do
    run_with LC_ALL=$locale "$work/a.xml" -o "$work/locale.pdf"
    check "LC_ALL=$locale: the same bytes" cmp "$work/first.pdf" "$work/locale.pdf"
done
for zone in UTC Asia/Seoul America/St_Johns; do
    run_with TZ=$zone "$work/a.xml" -o "$work/zone.pdf"
    check "TZ=$zone: the same bytes" cmp "$work/first.pdf" "$work/zone.pdf"
done
for threads in 1 2; do
    run --threads $threads "$work/a.xml" -o "$work/threads.pdf"
    check "--threads $threads: the same bytes" cmp "$work/first.pdf" "$work/threads.pdf"
done
run_with HOME=/nonexistent "$work/a.xml" -o "$work/home.pdf"
check "as another user: the same bytes" cmp "$work/first.pdf" "$work/home.pdf"
run_with SOURCE_DATE_EPOCH=1700000000 "$work/a.xml" -o "$work/epoch.pdf"
exits 0 "SOURCE_DATE_EPOCH is accepted"
for samples in samples/daily.nitf.xml samples/briefing.rss.xml; do
    run "$samples" -o "$work/one.pdf"
    run --threads 2 "$samples" -o "$work/two.pdf"
    check "$samples: twice the same bytes" cmp "$work/one.pdf" "$work/two.pdf"
done
