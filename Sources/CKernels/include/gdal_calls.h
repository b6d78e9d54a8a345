#ifndef CKERNELS_GDAL_CALLS_H
#define CKERNELS_GDAL_CALLS_H

/// Stops GDAL from printing: its messages are asked for and become errors of ours.
void lsmap_silence_gdal(void);

/// 1 when a path, virtual or real, exists. GDAL's own stat structure is a macro that Swift cannot see.
int lsmap_path_exists(const char *path);

#endif
