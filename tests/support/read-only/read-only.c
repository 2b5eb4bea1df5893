/*
 * A disk that can only be read, for one process: while the file of $READ_ONLY_WHILE is there, everything below
 * $READ_ONLY_FOLDER refuses what writes with EROFS, open files too. A real file system lets nobody make it read-only
 * while a file on it is open for writing; one that fails, or a share, does just that.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_on(void) {
  const char *file = getenv("READ_ONLY_WHILE");
  int kept = errno;
  int there = file != NULL && syscall(SYS_faccessat, AT_FDCWD, file, F_OK) == 0;
  errno = kept;
  return there;
}

static int is_below(const char *path) {
  const char *folder = getenv("READ_ONLY_FOLDER");
  size_t length = folder == NULL ? 0 : strlen(folder);
  if (length == 0 || strncmp(path, folder, length) != 0) return 0;
  return path[length] == '/' || path[length] == '\0';
}

static int refuses_path(const char *path) { return path != NULL && is_on() && is_below(path); }

static int refuses_open_file(int fd) {
  char name[40], path[PATH_MAX + 1];
  if (!is_on()) return 0;
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, name, path, (size_t)PATH_MAX);
  if (length <= 0) return 0;
  path[length] = '\0';
  return is_below(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define REFUSE do { errno = EROFS; return -1; } while (0)

#define ON_OPEN_FILE(type, name, parameters, arguments) \
  type name parameters { \
    if (refuses_open_file(fd)) REFUSE; \
    return REAL(name) arguments; \
  }
#define ON_PATH(type, name, parameters, arguments) \
  type name parameters { \
    if (refuses_path(path)) REFUSE; \
    return REAL(name) arguments; \
  }

ON_OPEN_FILE(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
ON_OPEN_FILE(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at))
ON_OPEN_FILE(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
ON_OPEN_FILE(ssize_t, writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
ON_OPEN_FILE(ssize_t, pwritev, (int fd, const struct iovec *parts, int count, off_t at), (fd, parts, count, at))
ON_OPEN_FILE(ssize_t, pwritev64, (int fd, const struct iovec *parts, int count, off64_t at), (fd, parts, count, at))
ON_OPEN_FILE(int, ftruncate, (int fd, off_t size), (fd, size))
ON_OPEN_FILE(int, ftruncate64, (int fd, off64_t size), (fd, size))
ON_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(int, rmdir, (const char *path), (path))
ON_PATH(int, unlink, (const char *path), (path))
ON_PATH(int, rename, (const char *path, const char *to), (path, to))

int access(const char *path, int mode) {
  if ((mode & W_OK) != 0 && refuses_path(path)) REFUSE;
  return REAL(access)(path, mode);
}

#define OPENS(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0 && refuses_path(path)) REFUSE; \
    return REAL(name)(path, flags, mode); \
  }
OPENS(open)
OPENS(open64)
