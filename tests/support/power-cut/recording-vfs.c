/*
 * An SQLite file system that passes everything on to the usual one and writes down every write, truncation,
 * sync and deletion, in order. Replaying a prefix of that record, with what was not yet synced partly missing,
 * gives the files as a power cut would leave them.
 *
 * SELECT record_writes('FILE') begins; SELECT recorded_bytes() tells how long the record is now.
 * A record: op (1 byte), length of the name (4), name, offset (8), size (4), bytes. Little-endian.
 */
#include <sqlite3ext.h>
#include <stdio.h>
#include <string.h>
SQLITE_EXTENSION_INIT1

enum { OP_WRITE = 1, OP_TRUNCATE = 2, OP_SYNC = 3, OP_DELETE = 4 };

typedef struct RecordedFile {
  sqlite3_file base;
  const char *name; /* the file's base name, or 0 where it is a temporary one */
  sqlite3_file *real;
} RecordedFile;

static sqlite3_vfs *usual;
static sqlite3_vfs recording;
static FILE *record;
static sqlite3_int64 recorded;

#define REAL(f) (((RecordedFile *)(f))->real)

static const char *base_name(const char *path) {
  const char *slash = path ? strrchr(path, '/') : 0;
  return slash ? slash + 1 : path;
}

static void note(int op, const char *name, sqlite3_int64 offset, const void *bytes, int size) {
  unsigned char head[5], tail[12];
  unsigned int length, i;
  if (record == 0 || name == 0) return;
  length = (unsigned int)strlen(name);
  head[0] = (unsigned char)op;
  for (i = 0; i < 4; i++) head[1 + i] = (unsigned char)(length >> (8 * i));
  for (i = 0; i < 8; i++) tail[i] = (unsigned char)((sqlite3_uint64)offset >> (8 * i));
  for (i = 0; i < 4; i++) tail[8 + i] = (unsigned char)((unsigned int)size >> (8 * i));
  sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
  sqlite3_mutex_enter(mutex);
  fwrite(head, 1, sizeof head, record);
  fwrite(name, 1, length, record);
  fwrite(tail, 1, sizeof tail, record);
  if (bytes) fwrite(bytes, 1, (size_t)size, record);
  recorded += (sqlite3_int64)sizeof head + length + (sqlite3_int64)sizeof tail + (bytes ? size : 0);
  sqlite3_mutex_leave(mutex);
}

static int file_close(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }
static int file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
  return REAL(f)->pMethods->xRead(REAL(f), to, n, at);
}
static int file_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
  int rc = REAL(f)->pMethods->xWrite(REAL(f), from, n, at);
  if (rc == SQLITE_OK) note(OP_WRITE, ((RecordedFile *)f)->name, at, from, n);
  return rc;
}
static int file_truncate(sqlite3_file *f, sqlite3_int64 size) {
  int rc = REAL(f)->pMethods->xTruncate(REAL(f), size);
  if (rc == SQLITE_OK) note(OP_TRUNCATE, ((RecordedFile *)f)->name, size, 0, 0);
  return rc;
}
static int file_sync(sqlite3_file *f, int flags) {
  int rc = REAL(f)->pMethods->xSync(REAL(f), flags);
  if (rc == SQLITE_OK) note(OP_SYNC, ((RecordedFile *)f)->name, 0, 0, 0);
  return rc;
}
static int file_size(sqlite3_file *f, sqlite3_int64 *size) { return REAL(f)->pMethods->xFileSize(REAL(f), size); }
static int file_lock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xLock(REAL(f), level); }
static int file_unlock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xUnlock(REAL(f), level); }
static int file_reserved(sqlite3_file *f, int *out) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), out); }
static int file_control(sqlite3_file *f, int op, void *arg) { return REAL(f)->pMethods->xFileControl(REAL(f), op, arg); }
static int file_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int file_device(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int file_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
  return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, out);
}
static int file_shm_lock(sqlite3_file *f, int offset, int n, int flags) {
  return REAL(f)->pMethods->xShmLock(REAL(f), offset, n, flags);
}
static void file_shm_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int file_shm_unmap(sqlite3_file *f, int del) { return REAL(f)->pMethods->xShmUnmap(REAL(f), del); }

/* Version 2: with shared memory for WAL, without memory-mapped pages, whose writes could not be seen. */
static const sqlite3_io_methods methods = {
    2,           file_close,    file_read,    file_write,   file_truncate,    file_sync,      file_size,
    file_lock,   file_unlock,   file_reserved, file_control, file_sector,     file_device,    file_shm_map,
    file_shm_lock, file_shm_barrier, file_shm_unmap, 0,      0};

static int vfs_open(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *f, int flags, int *out) {
  RecordedFile *file = (RecordedFile *)f;
  int kept = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);
  (void)vfs;
  file->real = (sqlite3_file *)&file[1];
  file->name = kept ? base_name(path) : 0;
  file->base.pMethods = 0;
  int rc = usual->xOpen(usual, path, file->real, flags, out);
  if (file->real->pMethods) file->base.pMethods = &methods;
  return rc;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync) {
  int rc = usual->xDelete(usual, path, sync);
  (void)vfs;
  if (rc == SQLITE_OK) note(OP_DELETE, base_name(path), 0, 0, 0);
  return rc;
}

static void begin(sqlite3_context *context, int n, sqlite3_value **values) {
  (void)n;
  if (record) fclose(record);
  recorded = 0;
  record = fopen((const char *)sqlite3_value_text(values[0]), "wb");
  sqlite3_result_int(context, record != 0);
}

static void length(sqlite3_context *context, int n, sqlite3_value **values) {
  (void)n;
  (void)values;
  if (record) fflush(record);
  sqlite3_result_int64(context, recorded);
}

int sqlite3_recordingvfs_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  (void)error;
  SQLITE_EXTENSION_INIT2(api);
  if (usual == 0) {
    usual = sqlite3_vfs_find(0);
    recording = *usual;
    recording.szOsFile = (int)sizeof(RecordedFile) + usual->szOsFile;
    recording.zName = "recording";
    recording.pNext = 0;
    recording.xOpen = vfs_open;
    recording.xDelete = vfs_delete;
    sqlite3_vfs_register(&recording, 1);
  }
  sqlite3_create_function(db, "record_writes", 1, SQLITE_UTF8, 0, begin, 0, 0);
  sqlite3_create_function(db, "recorded_bytes", 0, SQLITE_UTF8, 0, length, 0, 0);
  return SQLITE_OK_LOAD_PERMANENTLY;
}
