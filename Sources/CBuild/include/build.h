/// The commit the program was built from, `b40c7d61f` or `b40c7d61f-dirty`; empty where the build was not told.
const char *_Nonnull lsmap_commit(void);
