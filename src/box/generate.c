/* Generated content: texts, page numbers, targets, leaders and images of `content` (css-content-3, css-gcpm-3). */
#include "box/internal.h"

#include <stdlib.h>

static const char *page_counter(Builder *builder, const ContentItem *item, int slot)
{
    const PageFacts *facts = builder->context->facts;
    bool total = strcmp(item->text, "pages") == 0;
    int value = total ? facts->pages : slot >= 1 && slot <= facts->slots.count ? facts->slots.at[slot - 1] : 0;
    if (builder->margin)
        value = total ? builder->margin->pages : builder->margin->page;
    return style_counter_text(builder->arena, builder->context->styles, item->style, value > 0 ? value : 1);
}

static int compare_anchors(const void *a, const void *b)
{
    const AnchorFact *one = *(const AnchorFact *const *)a, *other = *(const AnchorFact *const *)b;
    int order = strcmp(one->id, other->id);
    return order ? order : (one > other) - (one < other);
}

/* The first of that id; the facts are put in order of their ids when the first is asked for. */
static const AnchorFact *find_anchor(Builder *builder, const char *id)
{
    const PageFacts *facts = builder->context->facts;
    int low = 0, high = facts->anchors.count;
    if (!id || !high)
        return NULL;
    if (!builder->anchors) {
        builder->anchors = NEW_ARRAY(builder->arena, const AnchorFact *, high);
        for (int i = 0; i < high; i++)
            builder->anchors[i] = &facts->anchors.at[i];
        qsort(builder->anchors, (size_t)high, sizeof *builder->anchors, compare_anchors);
    }
    while (low < high) {
        int middle = (low + high) / 2;
        if (strcmp(builder->anchors[middle]->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < facts->anchors.count && strcmp(builder->anchors[low]->id, id) == 0 ? builder->anchors[low] : NULL;
}

static const char *target_text(Builder *builder, const ContentItem *item)
{
    const AnchorFact *anchor =
        find_anchor(builder, item->target && *item->target == '#' ? item->target + 1 : item->target);
    if (item->kind == CONTENT_TARGET_TEXT)
        return anchor && anchor->text ? anchor->text : "";
    return style_counter_text(builder->arena, builder->context->styles, item->style, anchor ? anchor->page : 1);
}

void set_natural_size(Box *box, int64_t width, int64_t height)
{
    int64_t ratio = width * RATIO_ONE / (height > 0 ? height : 1);
    box->natural_width = len_clamp(width * LEN_PX);
    box->natural_height = len_clamp(height * LEN_PX);
    box->ratio = ratio > INT32_MAX ? INT32_MAX : ratio < 1 ? 1 : (int32_t)ratio;
}

Box *image_box(Builder *builder, const Style *style, const Node *node, const char *href, const char *directory,
               Source source)
{
    const Image *image = image_open(builder->context->images, directory, href, source, builder->context->diag);
    if (!image)
        return NULL;
    Box *box = box_new(builder, BOX_REPLACED, style, node);
    box->image = image;
    set_natural_size(box, image->upright_width, image->upright_height);
    box->source = source;
    return box;
}

/* An image of `content`: its reference is relative to the sheet, or to the document where attr() gave it. */
static bool add_image(Builder *builder, Container *container, const Style *style, const ContentItem *item,
                      Source source)
{
    const char *base =
        item->value && item->value->base ? item->value->base : builder->context->styles->document->directory;
    Box *image = item->text ? image_box(builder, style_anonymous(builder->context->styles, style, KW_INLINE_BLOCK),
                                        NULL, item->text, base, source)
                            : NULL;
    if (!image)
        return false;
    image->is |= BOX_IS_MONOLITHIC | BOX_IS_INLINE_LEVEL;
    run_item(builder, &container->run, INLINE_ATOM, false, image, style);
    return true;
}

static void add_leader(Builder *builder, Container *container, const Style *style, const char *text)
{
    Box *box = box_new(builder, BOX_REPLACED, style_anonymous(builder->context->styles, style, KW_INLINE_BLOCK), NULL);
    box->leader = text && *text ? text : ".";
    box->natural_width = box->natural_height = 0;
    box->is |= BOX_IS_MONOLITHIC | BOX_IS_INLINE_LEVEL;
    run_literal(builder, container, style, "\u2060"); /* a leader stays with what it joins */
    run_item(builder, &container->run, INLINE_ATOM, false, box, style);
    run_literal(builder, container, style, "\u2060");
}

void add_content(Builder *builder, Container *container, const Style *style, const Content *content, Box *owner,
                 const Node *node)
{
    for (int i = 0; i < content->count; i++) {
        const ContentItem *item = &content->items[i];
        const char *text = NULL;
        switch ((ContentKind)item->kind) {
        case CONTENT_TEXT: text = item->text; break;
        case CONTENT_CONTENTS: text = node ? node_text(builder->arena, node) : NULL; break;
        case CONTENT_PAGE_COUNTER:
            if (!builder->margin && owner->slot == 0)
                owner->slot = ++builder->slots;
            text = page_counter(builder, item, owner->slot ? owner->slot : builder->slots);
            break;
        case CONTENT_STRING:
            text = builder->margin && builder->margin->string
                       ? builder->margin->string(builder->margin->user,
                                                 name_of(builder->context->styles->document->names, item->text),
                                                 item->keyword)
                       : NULL;
            break;
        case CONTENT_TARGET_COUNTER:
        case CONTENT_TARGET_TEXT:
            if (!builder->margin && owner->slot == 0)
                owner->slot = ++builder->slots;
            text = target_text(builder, item);
            break;
        case CONTENT_LEADER: add_leader(builder, container, style, item->text); break;
        case CONTENT_IMAGE:
            if (!add_image(builder, container, style, item, owner->source) && item->instead) {
                text = item->instead;
                i = content->count;
            }
            break;
        case CONTENT_ELEMENT: {
            const Box *running =
                builder->margin && builder->margin->element
                    ? builder->margin->element(builder->margin->user,
                                               name_of(builder->context->styles->document->names, item->text),
                                               item->keyword)
                    : NULL;
            if (running) {
                Box *copy = NEW(builder->arena, Box);
                *copy = *running;
                copy->next = NULL;
                add_block(builder, container, copy);
            }
            break;
        }
        }
        if (text)
            run_text(builder, container, style, text, strlen(text));
    }
}
