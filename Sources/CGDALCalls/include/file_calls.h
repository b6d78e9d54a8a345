#ifndef CGDALCALLS_FILE_CALLS_H
#define CGDALCALLS_FILE_CALLS_H

/// Lets two files or folders of one file system change places in one step; 0 when done, else -1 and `errno`.
/// GNU's call, which Swift does not see.
int lsmap_exchange(const char *first, const char *second);

#endif
