/* Commands of the table that are not there yet say so. */
#include "cli/commands.h"
#include "cli/messages.h"

static int not_there(const Invocation *typed)
{
    usage_wrong(NULL, "news2pdf %s is not there yet", command_table[typed->command].name);
    return EXIT_USAGE;
}

int command_hotfolder(const Invocation *typed)
{
    return not_there(typed);
}
