// Loops that Swift cannot vectorise by itself, compiled for several kinds of processor: one header a subject.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "neural_dense.h"
#include "neural_maps.h"
#include "neural_products.h"
#include "neural_rows.h"

#endif
