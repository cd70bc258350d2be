/* Page contexts: css-page-3: which @page rules apply, their cascade, the 16 margin boxes. */
#include "style/cascade.h"

typedef struct {
    PageContext context;
    const PageStyle *style;
} CachedPage;
struct PageCache {
    VEC(CachedPage) list;
    bool any_nth;
};

static bool selector_matches(const PageSelector *s, const PageContext *page)
{
    if ((s->name && s->name != page->name) || (s->first && !page->first) || (s->left && !page->left) ||
        (s->right && !page->right) || (s->blank && !page->blank))
        return false;
    if (!s->nth)
        return true;
    if (s->nth_of && s->nth_of != page->name)
        return false;
    int64_t difference = (int64_t)page->number - s->b;
    return s->a == 0 ? difference == 0 : difference % s->a == 0 && difference / s->a >= 0;
}

/* All rules that match; the same order for the page and its margin boxes. box < 0: the page itself. */
static void match_pages(Cascade *cascade, const PageContext *page, int box, MatchedList *list)
{
    uint32_t order = 0;
    list->count = 0;
    for (int s = 0; s < cascade->sheet_count; s++) {
        const StyleSheet *sheet = cascade->sheets[s];
        for (int r = 0; r < sheet->pages.count; r++) {
            const PageRule *rule = &sheet->pages.at[r];
            const DeclarationBlock *block = box < 0 ? rule->block : box < 16 ? rule->margin[box] : rule->footnote;
            int64_t best = -1;
            order++;
            for (int i = 0; i < rule->count; i++)
                if (selector_matches(&rule->selectors[i], page) && rule->selectors[i].specificity > best)
                    best = rule->selectors[i].specificity;
            if (best >= 0 && block)
                VEC_PUSH(cascade->arena, *list,
                         ((Matched){block, cascade_key(layer_level(cascade, s, rule->layer), (uint32_t)best, order)}));
        }
    }
    sort_matched(list);
}

/* ---- size ---- */
static void page_size(Cascade *cascade, const Value *size, PageStyle *page)
{
    Len width = cascade->css_context.page_width, height = cascade->css_context.page_height;
    if (size && size->kind == VALUE_LIST) {
        width = size->items[0].size.len;
        height = size->items[1].size.len;
    } else if (size && size->kind == VALUE_KEYWORD && (size->keyword == KW_LANDSCAPE) != (width > height)) {
        Len side = width;
        width = height;
        height = side;
    }
    page->width = width > 0 ? width : cascade->css_context.page_width;
    page->height = height > 0 ? height : cascade->css_context.page_height;
}

/* ---- margin boxes: what the box's place says where no rule does (css-page-3 5.3.2.4) ---- */
static void margin_defaults(int box, uint16_t *align, uint16_t *vertical)
{
    static const struct {
        uint16_t align, vertical;
    } table[MARGIN_BOX_COUNT] = {
        [MARGIN_TOP_LEFT_CORNER] = {KW_RIGHT, KW_MIDDLE},    [MARGIN_TOP_LEFT] = {KW_LEFT, KW_MIDDLE},
        [MARGIN_TOP_CENTER] = {KW_CENTER, KW_MIDDLE},        [MARGIN_TOP_RIGHT] = {KW_RIGHT, KW_MIDDLE},
        [MARGIN_TOP_RIGHT_CORNER] = {KW_LEFT, KW_MIDDLE},    [MARGIN_RIGHT_TOP] = {KW_CENTER, KW_TOP},
        [MARGIN_RIGHT_MIDDLE] = {KW_CENTER, KW_MIDDLE},      [MARGIN_RIGHT_BOTTOM] = {KW_CENTER, KW_BOTTOM},
        [MARGIN_BOTTOM_RIGHT_CORNER] = {KW_LEFT, KW_MIDDLE}, [MARGIN_BOTTOM_RIGHT] = {KW_RIGHT, KW_MIDDLE},
        [MARGIN_BOTTOM_CENTER] = {KW_CENTER, KW_MIDDLE},     [MARGIN_BOTTOM_LEFT] = {KW_LEFT, KW_MIDDLE},
        [MARGIN_BOTTOM_LEFT_CORNER] = {KW_RIGHT, KW_MIDDLE}, [MARGIN_LEFT_BOTTOM] = {KW_CENTER, KW_BOTTOM},
        [MARGIN_LEFT_MIDDLE] = {KW_CENTER, KW_MIDDLE},       [MARGIN_LEFT_TOP] = {KW_CENTER, KW_TOP}};
    *align = table[box].align;
    *vertical = table[box].vertical;
}

static const DeclarationBlock *margin_block(Cascade *cascade, int box)
{
    uint16_t align, vertical;
    bool known;
    margin_defaults(box, &align, &vertical);
    const char *text = arena_format(cascade->arena, "text-align:%s;vertical-align:%s;display:block",
                                    keyword_text(align), keyword_text(vertical));
    const DeclarationBlock **slot = text_cache_slot(cascade->hint_blocks, text, strlen(text), &known);
    if (!known) {
        TokenList tokens = {0};
        Tokenizer tokenizer = tokenizer_start(cascade->arena, (Bytes){text, strlen(text)}, 1, 1);
        tokens_read(&tokenizer, &tokens);
        *slot = declarations_read(cascade->reader, (TokenRange){tokens.at, tokens.at + tokens.count});
    }
    return *slot;
}

static void margin_boxes(Cascade *cascade, const PageContext *context, const Computed *page, PageStyle *out)
{
    MatchedList list = {0}, all = {0};
    for (int box = 0; box < MARGIN_BOX_COUNT; box++) {
        match_pages(cascade, context, box, &list);
        if (!list.count)
            continue;
        all.count = 0;
        VEC_PUSH(cascade->arena, all, ((Matched){margin_block(cascade, box), 0}));
        for (int i = 0; i < list.count; i++)
            VEC_PUSH(cascade->arena, all, list.at[i]);
        ComputeContext x = {.parent = page->style, .custom = page->custom, .page = true};
        const Style *style = compute_cached(cascade, &x, &all).style;
        const Value *content = style->content->content;
        if (!content || content->kind != VALUE_LIST || style->box->display == KW_NONE)
            continue;
        ContentContext c = {.cascade = cascade, .arena = cascade->arena, .style = style};
        out->margin[box].style = style;
        out->margin[box].content = content_build(&c, content);
    }
}

static const PageStyle *make_page(Cascade *cascade, const PageContext *context)
{
    PageStyle *page = NEW(cascade->arena, PageStyle);
    MatchedList list = {0};
    match_pages(cascade, context, -1, &list);
    ComputeContext x = {.parent = cascade->root, .custom = cascade->root_custom, .page = true};
    Computed computed = compute_cached(cascade, &x, &list);
    page->style = computed.style;
    page_size(cascade, computed.style->content->page_size, page);
    Size bleed = computed.style->content->bleed;
    bool crop = false;
    for (int i = 0; computed.style->content->marks && i < computed.style->content->marks->count; i++)
        crop = crop || computed.style->content->marks->items[i].keyword == KW_CROP;
    page->bleed = bleed.keyword ? (crop ? 6 * LEN_PT : 0) : bleed.len;
    margin_boxes(cascade, context, &computed, page);
    return page;
}

static bool uses_nth(const Cascade *cascade)
{
    for (int s = 0; s < cascade->sheet_count; s++)
        for (int r = 0; r < cascade->sheets[s]->pages.count; r++)
            for (int i = 0; i < cascade->sheets[s]->pages.at[r].count; i++)
                if (cascade->sheets[s]->pages.at[r].selectors[i].nth)
                    return true;
    return false;
}

/* What @page may use of the root element before that has a style. Viewport units in it are the default page's. */
static const CustomSet *root_custom(Cascade *cascade)
{
    MatchedList lists[PSEUDO_NEVER] = {0};
    const Node *root = cascade->document->root;
    if (!root)
        return cascade->base_custom;
    cascade_match(cascade, root, lists);
    ComputeContext x = {.custom = cascade->base_custom, .node = root, .root = true};
    return compute_style(cascade, &x, &lists[ELEMENT_ITSELF]).custom;
}

void viewport_prepare(Cascade *cascade)
{
    PageContext first = {.first = true, .right = true, .number = 1};
    MatchedList list = {0};
    PageStyle page = {0};
    match_pages(cascade, &first, -1, &list);
    if (!list.count)
        return;
    ComputeContext x = {.parent = cascade->initial, .custom = root_custom(cascade), .page = true};
    const Style *style = compute_style(cascade, &x, &list).style;
    page_size(cascade, style->content->page_size, &page);
    const StyleBox *box = style->box;
    Len width = page.width - size_resolve(box->margin_left, page.width) - size_resolve(box->margin_right, page.width);
    Len height =
        page.height - size_resolve(box->margin_top, page.height) - size_resolve(box->margin_bottom, page.height);
    cascade->viewport_width = width > 0 ? width : page.width;
    cascade->viewport_height = height > 0 ? height : page.height;
}

const PageStyle *style_page(const StyleTree *tree, const PageContext *page)
{
    Cascade *cascade = (Cascade *)(uintptr_t)tree->cascade;
    PageContext key = *page;
    if (!cascade->pages) {
        cascade->pages = NEW(cascade->arena, PageCache);
        cascade->pages->any_nth = uses_nth(cascade);
    }
    if (!cascade->pages->any_nth)
        key.number = 0;
    for (int i = cascade->pages->list.count - 1; i >= 0; i--) {
        const PageContext *k = &cascade->pages->list.at[i].context;
        if (k->name == key.name && k->first == key.first && k->left == key.left && k->right == key.right &&
            k->blank == key.blank && k->number == key.number)
            return cascade->pages->list.at[i].style;
    }
    const PageStyle *style = make_page(cascade, page);
    VEC_PUSH(cascade->arena, cascade->pages->list, ((CachedPage){key, style}));
    return style;
}
