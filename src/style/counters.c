/* Counters: css-lists-3 4. A counter lives among the siblings of the element that made it, and below them. */
#include "style/cascade.h"

typedef struct {
    int value;
    int level; /* depth of the element that made it */
} CounterInstance;
typedef struct {
    Name name;
    VEC(CounterInstance) stack;
} Counter;
struct CounterState {
    Cascade *cascade;
    VEC(Counter) counters;
    BucketMap places; /* of names in counters */
    VEC(int) open;    /* the counter of each instance that there is, from the outermost */
    int level, quotes;
};

CounterState *counters_new(Cascade *cascade)
{
    CounterState *state = NEW(cascade->arena, CounterState);
    state->cascade = cascade;
    return state;
}

static Counter *find_counter(const CounterState *state, Name name)
{
    const EntryIndices *place = bucket_find(&state->places, name);
    return place ? &state->counters.at[place->at[0]] : NULL;
}

static Counter *make_counter(CounterState *state, Name name)
{
    Counter *counter = find_counter(state, name);
    if (counter)
        return counter;
    Arena *arena = state->cascade->arena;
    VEC_PUSH(arena, *bucket_make(arena, &state->places, name), state->counters.count);
    VEC_PUSH(arena, state->counters, ((Counter){.name = name}));
    return &state->counters.at[state->counters.count - 1];
}

/* A sibling's counter of that name is replaced. */
static void instantiate(CounterState *state, Name name, int value)
{
    Counter *counter = make_counter(state, name);
    int count = counter->stack.count;
    if (count && counter->stack.at[count - 1].level == state->level) {
        counter->stack.at[count - 1].value = value;
        return;
    }
    VEC_PUSH(state->cascade->arena, counter->stack, ((CounterInstance){value, state->level}));
    VEC_PUSH(state->cascade->arena, state->open, (int)(counter - state->counters.at));
}

static int *innermost(CounterState *state, Name name)
{
    Counter *counter = make_counter(state, name);
    if (!counter->stack.count)
        instantiate(state, name, 0);
    counter = find_counter(state, name);
    return &counter->stack.at[counter->stack.count - 1].value;
}

static int add_clamped(int a, int b)
{
    int64_t sum = (int64_t)a + b;
    return sum > INT_MAX ? INT_MAX : sum < -INT_MAX ? -INT_MAX : (int)sum;
}

/* reversed(list-item) without a number: one more than the items there are. */
static int count_items(const Node *node)
{
    int count = 1;
    for (const Node *child = node ? node->first : NULL; child; child = child->next)
        count += child->kind == NODE_ELEMENT && node_is(child, "li");
    return count;
}

static bool mentions(const Value *changes, Name name)
{
    for (int i = 0; changes && i < changes->count; i++)
        if (changes->items[i].items[0].text == name)
            return true;
    return false;
}

static bool is_reversed(const Node *node)
{
    const Node *list = node ? node->parent : NULL;
    return list && node_is(list, "ol") && node_attribute(list, "reversed");
}

void counters_apply(CounterState *state, const Style *style, const Node *node, bool list_item)
{
    const Value *reset = style->content->counter_reset, *increment = style->content->counter_increment,
                *set = style->content->counter_set;
    for (int i = 0; reset && i < reset->count; i++) {
        const Value *change = &reset->items[i];
        int value = change->items[1].number;
        if (change->count > 2 && value == INT32_MIN)
            value = count_items(node);
        instantiate(state, change->items[0].text, value);
    }
    if (list_item && !mentions(increment, state->cascade->list_item)) {
        int *value = innermost(state, state->cascade->list_item);
        *value = add_clamped(*value, is_reversed(node) ? -1 : 1);
    }
    for (int i = 0; increment && i < increment->count; i++) {
        int *value = innermost(state, increment->items[i].items[0].text);
        *value = add_clamped(*value, increment->items[i].items[1].number);
    }
    for (int i = 0; set && i < set->count; i++)
        *innermost(state, set->items[i].items[0].text) = set->items[i].items[1].number;
}

void footnote_counter(CounterState *state)
{
    int *value = innermost(state, state->cascade->footnote);
    *value = add_clamped(*value, 1);
}

void counters_enter(CounterState *state)
{
    state->level++;
}

void counters_leave(CounterState *state)
{
    for (; state->open.count; state->open.count--) {
        Counter *counter = &state->counters.at[state->open.at[state->open.count - 1]];
        if (counter->stack.at[counter->stack.count - 1].level < state->level)
            break;
        counter->stack.count--;
    }
    state->level--;
}

bool counter_value(const CounterState *state, Name name, int *value)
{
    const Counter *counter = find_counter(state, name);
    *value = counter && counter->stack.count ? counter->stack.at[counter->stack.count - 1].value : 0;
    return counter && counter->stack.count;
}

int counter_values(const CounterState *state, Name name, const int **values)
{
    Counter *counter = find_counter(state, name);
    int count = counter ? counter->stack.count : 0;
    int *list = NEW_ARRAY(state->cascade->arena, int, count ? count : 1);
    for (int i = 0; i < count; i++)
        list[i] = counter->stack.at[i].value;
    *values = list;
    return count ? count : 1;
}

int *counters_quote_depth(CounterState *state)
{
    return &state->quotes;
}
