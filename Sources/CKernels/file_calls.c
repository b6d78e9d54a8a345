#define _GNU_SOURCE
#include "include/file_calls.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>

int lsmap_exchange(const char *first, const char *second) {
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
}

int lsmap_memory_file(void) { return memfd_create("lsmap", MFD_CLOEXEC); }
