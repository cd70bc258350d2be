/* Runs layout cases: layout_cases PROGRAM CASE.xml ...; speaks TAP. A case is a file like
 *
 *   <test name="widows carry two lines over">
 *     <style>@page { size: 60mm 36mm; margin: 5mm } p { font: 9pt/12pt Test; widows: 2 }</style>
 *     <article lang="en"><p>Seven lines of text ...</p></article>
 *     <expect xpath="count(//page[1]//line)">5</expect>
 *     <expect xpath="//page[2]//line[1]/@y" within="0.5">14.17</expect>
 *     <expect warning="photo-missing"/>
 *   </test>
 *
 * The article goes through the program as an HTML document with the style as its only sheet besides HTML's own;
 * the XPath asks what --dump=fragments prints. On <test>: dump="..." another stage, options="..." more options,
 * as="article" the article path. An <img src="picture.png"> is tests/layout/picture.png, 40 by 20 px. Several <test> may stand in a <tests>. The font family Test is tests/layout/Test.ttf:
 * every character 1 em wide, 0.8 em above and 0.2 em below the baseline. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <libxml/xmlsave.h>
#include <libxml/xpath.h>

static const char *program;
static char *folder;
static int failures;

static char *attribute(xmlNode *node, const char *name)
{
    return (char *)xmlGetProp(node, (const xmlChar *)name);
}

static xmlNode *child(xmlNode *parent, const char *name)
{
    for (xmlNode *node = parent->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0)
            return node;
    return NULL;
}

static char *in_folder(const char *name)
{
    char *path;
    return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

/* The style on one line with the font's rule, so that its lines keep their numbers. */
static void write_style(xmlNode *test, const char *path)
{
    FILE *file = fopen(path, "w");
    char *font = realpath("tests/layout/Test.ttf", NULL);
    if (font)
        fprintf(file, "@font-face { font-family: Test; src: url(\"%s\") } ", font);
    xmlNode *style = child(test, "style");
    xmlChar *text = style ? xmlNodeGetContent(style) : NULL;
    fputs(text ? (const char *)text : "", file);
    fclose(file);
    xmlFree(text);
    free(font);
}

static void write_article(xmlNode *test, const char *path)
{
    FILE *file = fopen(path, "w");
    xmlNode *article = child(test, "article");
    char *language = article ? attribute(article, "lang") : NULL;
    fprintf(file, "<!DOCTYPE html><html lang=\"%s\"><head><meta charset=\"utf-8\"><title>Test</title></head><body>",
            language ? language : "en");
    xmlBuffer *buffer = xmlBufferCreate();
    for (xmlNode *node = article ? article->children : NULL; node; node = node->next) {
        xmlSaveCtxt *save = xmlSaveToBuffer(buffer, "UTF-8", XML_SAVE_AS_HTML | XML_SAVE_NO_DECL);
        xmlSaveTree(save, node);
        xmlSaveClose(save);
    }
    fputs((const char *)xmlBufferContent(buffer), file);
    fputs("</body></html>\n", file);
    fclose(file);
    xmlBufferFree(buffer);
    xmlFree(language);
}

/* The program's exit code; its output and messages in the two files. */
static int run(char *const *arguments, const char *output, const char *messages)
{
    pid_t process = fork();
    if (process == 0) {
        int out = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        int err = open(messages, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(out, STDOUT_FILENO);
        dup2(err, STDERR_FILENO);
        alarm(60);
        execv(program, arguments);
        fprintf(stderr, "%s: %s\n", program, strerror(errno));
        _exit(127);
    }
    int status = 0;
    waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static char *read_file(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");
    if (!file || getdelim(&text, &size, 0, file) < 0) {
        free(text);
        text = strdup("");
    }
    if (file)
        fclose(file);
    return text;
}

static void say(bool good, const char *name, const char *what)
{
    printf("%s - %s%s%s\n", good ? "ok" : "not ok", name, what ? ": " : "", what ? what : "");
    failures += !good;
}

static char *trimmed(const char *text)
{
    text += strspn(text, " \t\n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\n", text[length - 1]))
        length--;
    return strndup(text, length);
}

/* Text is compared as XPath's string() gives it; with `within` both are numbers. */
static bool agrees(const char *got, const char *wanted, const char *within)
{
    if (!within)
        return strcmp(got, wanted) == 0;
    char *end;
    double value = strtod(got, &end);
    return end != got && fabs(value - strtod(wanted, NULL)) <= strtod(within, NULL);
}

static void expect_xpath(xmlNode *expect, xmlXPathContext *context, const char *name, char *xpath)
{
    char *content = (char *)xmlNodeGetContent(expect), *within = attribute(expect, "within");
    char *wanted = trimmed(content);
    xmlXPathObject *found = context ? xmlXPathEvalExpression((const xmlChar *)xpath, context) : NULL;
    xmlChar *text = found ? xmlXPathCastToString(found) : NULL;
    char *got = trimmed(text ? (const char *)text : "");
    bool good = found && agrees(got, wanted, within);
    say(good, name, xpath);
    if (!good)
        printf("# expected '%s', got '%s'%s\n", wanted, got, found ? "" : context ? " (not an XPath)" : " (no dump)");
    xmlXPathFreeObject(found);
    xmlFree(text);
    xmlFree(content);
    xmlFree(within);
    free(wanted);
    free(got);
}

static void expect_all(xmlNode *test, const char *name, int code, const char *output, const char *messages)
{
    xmlDoc *dump =
        code == 0 ? xmlReadFile(output, NULL, XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING) : NULL;
    xmlXPathContext *context = dump ? xmlXPathNewContext(dump) : NULL;
    char *said = read_file(messages);
    if (!dump) {
        say(false, name, code == 0 ? "the dump is no XML" : "the program failed");
        printf("# exit code %d\n# %.1000s\n", code, said);
    }
    for (xmlNode *expect = dump ? test->children : NULL; expect; expect = expect->next) {
        if (expect->type != XML_ELEMENT_NODE || strcmp((const char *)expect->name, "expect") != 0)
            continue;
        char *xpath = attribute(expect, "xpath"), *warning = attribute(expect, "warning");
        if (xpath)
            expect_xpath(expect, context, name, xpath);
        if (warning) {
            char bracketed[80];
            snprintf(bracketed, sizeof bracketed, "[%s]", warning);
            say(strstr(said, bracketed) != NULL, name, bracketed);
        }
        xmlFree(xpath);
        xmlFree(warning);
    }
    free(said);
    xmlXPathFreeContext(context);
    xmlFreeDoc(dump);
}

static void run_test(xmlNode *test)
{
    char *name = attribute(test, "name"), *stage = attribute(test, "dump"), *as = attribute(test, "as");
    char *options = attribute(test, "options");
    char *style = in_folder("style.css"), *article = in_folder("article.html"), *output = in_folder("dump.xml");
    char *messages = in_folder("messages"), dump[40];
    write_style(test, style);
    write_article(test, article);
    snprintf(dump, sizeof dump, "--dump=%s", stage ? stage : "fragments");
    char *arguments[32] = {"news2pdf", "--as", as ? as : "document", "-s", style, "--allow-path", "tests/layout", dump};
    int count = 8;
    for (char *word = options ? strtok(options, " ") : NULL; word && count < 30; word = strtok(NULL, " "))
        arguments[count++] = word;
    arguments[count] = article;
    expect_all(test, name ? name : "a test without a name", run(arguments, output, messages), output, messages);
    char *paths[] = {style, article, output, messages};
    for (int i = 0; i < 4; i++) {
        unlink(paths[i]);
        free(paths[i]);
    }
    xmlFree(name);
    xmlFree(stage);
    xmlFree(as);
    xmlFree(options);
}

static void run_file(const char *path)
{
    xmlDoc *document = xmlReadFile(path, NULL, 0);
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (!root)
        say(false, path, "it is no XML");
    else if (strcmp((const char *)root->name, "test") == 0)
        run_test(root);
    else
        for (xmlNode *node = root->children; node; node = node->next)
            if (node->type == XML_ELEMENT_NODE)
                run_test(node);
    xmlFreeDoc(document);
}

/* Beside the article, as its src names it; --allow-path opens where the link leads. */
static char *link_picture(void)
{
    char *picture = realpath("tests/layout/picture.png", NULL), *path = in_folder("picture.png");
    if (picture && symlink(picture, path) != 0)
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
    free(picture);
    return path;
}

int main(int count, char **arguments)
{
    char template[] = "/tmp/n2p-layout-XXXXXX";
    if (count < 3 || !(folder = mkdtemp(template))) {
        fprintf(stderr, "usage: layout_cases PROGRAM CASE.xml ...\n");
        return 2;
    }
    program = arguments[1];
    char *picture = link_picture();
    for (int i = 2; i < count; i++)
        run_file(arguments[i]);
    unlink(picture);
    free(picture);
    rmdir(folder);
    xmlCleanupParser();
    return failures > 0;
}
