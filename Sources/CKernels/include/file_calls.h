#ifndef CKERNELS_FILE_CALLS_H
#define CKERNELS_FILE_CALLS_H

/// Lets two files or folders of one file system change places in one step; 0 when done, else -1 and `errno`.
/// GNU's call, which Swift does not see.
int lsmap_exchange(const char *first, const char *second);

/// A new file that exists in memory alone, as a descriptor; -1 and `errno` when there is none.
/// GNU's call, which Swift does not see.
int lsmap_memory_file(void);

#endif
