/// The commit the program was built from, as the package manifest found it: `b40c7d6`, `b40c7d6+changes`, or empty outside a checkout.
const char *_Nonnull lsmap_commit(void);
