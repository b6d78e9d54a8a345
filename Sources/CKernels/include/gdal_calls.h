#ifndef CKERNELS_GDAL_CALLS_H
#define CKERNELS_GDAL_CALLS_H

/// Stops GDAL from printing: its messages are asked for and become errors of ours.
void lsmap_silence_gdal(void);

/// 1 when a path, virtual or real, exists. GDAL's own stat structure is a macro that Swift cannot see.
int lsmap_path_exists(const char *path);

/// Stops the HDF5 library under GDAL from printing on the calling thread, where it is loaded; its setting is per thread, and
/// it prints a stack for every optional attribute that a file lacks.
void lsmap_silence_hdf5(void);

#endif
