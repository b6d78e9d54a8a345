#ifndef CGDALCALLS_GDAL_CALLS_H
#define CGDALCALLS_GDAL_CALLS_H

#include <stdint.h>

/// Stops GDAL from printing: its messages are asked for and become errors of ours.
void lsmap_silence_gdal(void);

/// 1 when a path, virtual or real, exists. GDAL's own stat structure is a macro that Swift cannot see.
int lsmap_path_exists(const char *path);

/// Stops the HDF5 library under GDAL from printing on the calling thread, where it is loaded; its setting is per thread, and
/// it prints a stack for every optional attribute that a file lacks.
void lsmap_silence_hdf5(void);

/// Size and time of change (Unix seconds) of a path, virtual or real; leaves both alone where there is none.
void lsmap_file_stamp(const char *path, int64_t *size, int64_t *seconds);

#endif
