// Calls of GDAL and of the system that Swift cannot import by itself: one header a subject.
#ifndef CGDALCALLS_H
#define CGDALCALLS_H

#include "file_calls.h"
#include "gdal_calls.h"

#endif
