#include <cblas.h>

// LAPACK inside OpenBLAS, by its Fortran names: Debian's OpenBLAS comes without lapacke.h.

/// Cholesky factor of a symmetric positive definite matrix, column-major; `info` 0 when done.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
/// Solves with the factor of `dpotrf_`; `b` is overwritten by the solution.
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b,
             const int *ldb, int *info);
