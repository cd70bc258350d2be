/* input/sheet.h: what the files that run XSLT sheets share: our tree and libxml2's. */
#ifndef N2P_INPUT_SHEET_H
#define N2P_INPUT_SHEET_H

#include "input/internal.h"

#include <libxml/tree.h>
#include <libxslt/xsltInternals.h>

#define N2P_NAMESPACE "urn:news2pdf"

/* Below the document, without the vocabulary's namespaces, with n2p:at; the element of `root`. */
xmlNodePtr tree_export(xmlDocPtr doc, const Node *root);
Source tree_place(const xmlNode *element, Source otherwise); /* its n2p:at */
/* By the text of a sheet that stands as NAME.xsl among the vocabularies, so that it may import from there. */
Node *sheet_transform(Reader *reader, const Node *root, const char *name, Bytes bytes);
void functions_register(xsltTransformContextPtr transform); /* its _private is the Reader */

#endif
