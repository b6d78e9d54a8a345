// Lets the n-th call of a kind fail, for a program that is preloaded with this: what does a disk that fails just there do to a map?
//
//   LSMAP_FAULT_CALL  open, read, write, sync, close, rename, make (mkdir), mmap, flock
//   LSMAP_FAULT_AT    which of them, from 1; 0 counts only; -1 all of them
//   LSMAP_FAULT_ERRNO the error: 5 EIO, 28 ENOSPC, 37 ENOLCK, 122 EDQUOT
//   LSMAP_FAULT_ROOT  only files below this folder count
//   LSMAP_FAULT_COUNT file that gets the number of calls when the program ends
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;
static const char *kind, *root, *report;
static long wanted;
static int error_number;

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))

__attribute__((constructor)) static void begin(void) {
  kind = getenv("LSMAP_FAULT_CALL");
  root = getenv("LSMAP_FAULT_ROOT");
  report = getenv("LSMAP_FAULT_COUNT");
  wanted = getenv("LSMAP_FAULT_AT") ? atol(getenv("LSMAP_FAULT_AT")) : 0;
  error_number = getenv("LSMAP_FAULT_ERRNO") ? atoi(getenv("LSMAP_FAULT_ERRNO")) : EIO;
}

/// Tells the count so far: the tool leaves by `_exit`, past every destructor.
static void tell(long count) {
  if (!report || wanted) return;
  int file = (int)syscall(SYS_openat, AT_FDCWD, report, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) return;
  char text[24];
  int length = snprintf(text, sizeof text, "%ld", count);
  syscall(SYS_write, file, text, (size_t)length);
  syscall(SYS_close, file);
}

/// Whether this call is to fail; sets `errno`.
static int fails(const char *call, const char *path) {
  if (!kind || strcmp(kind, call) != 0 || !root || !path || strncmp(path, root, strlen(root)) != 0) return 0;
  long count = atomic_fetch_add(&calls, 1) + 1;
  if (!wanted) tell(count);
  if (count != wanted && wanted != -1) return 0;
  errno = error_number;
  return 1;
}

static int fails_at(const char *call, int file) {
  if (!kind || strcmp(kind, call) != 0) return 0;
  char link[40], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(call, path);
}

#define OPEN(name)                                                            \
  int name(const char *path, int flags, ...) {                                \
    va_list rest;                                                             \
    va_start(rest, flags);                                                    \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;   \
    va_end(rest);                                                             \
    if (fails("open", path)) return -1;                                       \
    return REAL(int (*)(const char *, int, ...), #name)(path, flags, mode);   \
  }
OPEN(open)
OPEN(open64)

#define FOPEN(name)                                                           \
  FILE *name(const char *path, const char *mode) {                            \
    if (fails("open", path)) return NULL;                                     \
    return REAL(FILE *(*)(const char *, const char *), #name)(path, mode);    \
  }
FOPEN(fopen)
FOPEN(fopen64)

ssize_t read(int file, void *bytes, size_t count) {
  return fails_at("read", file) ? -1 : REAL(ssize_t(*)(int, void *, size_t), "read")(file, bytes, count);
}
ssize_t pread64(int file, void *bytes, size_t count, off64_t at) {
  return fails_at("read", file) ? -1 : REAL(ssize_t(*)(int, void *, size_t, off64_t), "pread64")(file, bytes, count, at);
}
size_t fread(void *bytes, size_t size, size_t count, FILE *file) {
  return fails_at("read", fileno(file)) ? 0 : REAL(size_t(*)(void *, size_t, size_t, FILE *), "fread")(bytes, size, count, file);
}
ssize_t write(int file, const void *bytes, size_t count) {
  return fails_at("write", file) ? -1 : REAL(ssize_t(*)(int, const void *, size_t), "write")(file, bytes, count);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  return fails_at("write", file) ? -1 : REAL(ssize_t(*)(int, const void *, size_t, off64_t), "pwrite64")(file, bytes, count, at);
}
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
  return fails_at("write", fileno(file)) ? 0 : REAL(size_t(*)(const void *, size_t, size_t, FILE *), "fwrite")(bytes, size, count, file);
}
int fsync(int file) { return fails_at("sync", file) ? -1 : REAL(int (*)(int), "fsync")(file); }
int close(int file) {
  // A descriptor is closed even where the call fails: the disk has lost what was buffered.
  int failed = fails_at("close", file);
  int code = REAL(int (*)(int), "close")(file);
  if (failed) errno = error_number;
  return failed ? -1 : code;
}
int rename(const char *from, const char *to) {
  return fails("rename", to) ? -1 : REAL(int (*)(const char *, const char *), "rename")(from, to);
}
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
  return fails("rename", to) ? -1 : REAL(int (*)(int, const char *, int, const char *, unsigned), "renameat2")(a, from, b, to, flags);
}
int mkdir(const char *path, mode_t mode) {
  return fails("make", path) ? -1 : REAL(int (*)(const char *, mode_t), "mkdir")(path, mode);
}
int flock(int file, int operation) {
  return fails_at("flock", file) ? -1 : REAL(int (*)(int, int), "flock")(file, operation);
}
void *mmap(void *place, size_t length, int protection, int flags, int file, off_t at) {
  if (file >= 0 && fails_at("mmap", file)) return MAP_FAILED;
  return REAL(void *(*)(void *, size_t, int, int, int, off_t), "mmap")(place, length, protection, flags, file, at);
}
