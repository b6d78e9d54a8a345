// What Swift cannot import or vectorise by itself: one header a subject.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "file_calls.h"
#include "gdal_calls.h"
#include "neural_dense.h"
#include "neural_products.h"
#include "neural_rows.h"

#endif
