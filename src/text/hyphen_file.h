/* text/hyphen_file.h: compiled hyphenation patterns, as tools/hyphen_compile.c writes and text/hyphen.c maps them.
 * All parts are 8-byte aligned, in the machine's byte order; offsets in bytes from the file's start. */
#ifndef N2P_TEXT_HYPHEN_FILE_H
#define N2P_TEXT_HYPHEN_FILE_H

#include <stdint.h>

#define HYPHEN_MAGIC "n2phyp1"              /* with its NUL */
enum { HYPHEN_EDGE = 1, HYPHEN_FIRST = 2 }; /* codes: the word's edge ".", the first letter of the alphabet */

typedef struct {
    char magic[8];
    uint32_t size;
    uint32_t letters, alphabet; /* code points; letter i has code i + HYPHEN_FIRST */
    uint32_t nodes, node_count;
    uint32_t root[2];               /* of level 1 (seams of compounds) and level 2 */
    uint32_t value_at, value_count; /* offsets into values; a node's value counts from 1 */
    uint32_t values;                /* each: letters left out, count, count digits */
    uint8_t least[4];               /* letters before, after; the same at a seam */
} HyphenFile;

typedef struct {
    uint8_t code, children; /* children lie together, by code */
    uint16_t value;         /* 0: no pattern ends here */
    uint32_t first;
} HyphenNode;

#endif
