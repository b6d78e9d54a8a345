#include "build.h"

#ifndef LSMAP_COMMIT
#define LSMAP_COMMIT ""
#endif

const char *lsmap_commit(void) { return LSMAP_COMMIT; }
