// The large-file stat structure of cpl_vsi.h is hidden without it.
#define _GNU_SOURCE 1

#include "include/gdal_calls.h"

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <dlfcn.h>
#include <stdint.h>

void lsmap_silence_gdal(void) { CPLSetErrorHandler(CPLQuietErrorHandler); }

int lsmap_path_exists(const char *path) {
  VSIStatBufL status;
  return VSIStatL(path, &status) == 0;
}

void lsmap_silence_hdf5(void) {
  // Asked for by name: GDAL may be built without HDF5.
  int (*set_auto)(int64_t, void *, void *) = (int (*)(int64_t, void *, void *))dlsym(RTLD_DEFAULT, "H5Eset_auto2");
  if (set_auto) set_auto(0, 0, 0);
}

void lsmap_file_stamp(const char *path, int64_t *size, int64_t *seconds) {
  VSIStatBufL status;
  if (VSIStatL(path, &status) != 0) return;
  *size = (int64_t)status.st_size;
  *seconds = (int64_t)status.st_mtime;
}
