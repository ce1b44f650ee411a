// Generated point sets. Each is a function of count, noise and clusters and of one random stream, nothing
// else.
#pragma once

#include "core/data/source.h"

namespace iem {

DataSource blobs_source();        // gaussian clouds around random centres
DataSource anisotropic_source();  // the same, each cloud sheared its own way
DataSource moons_source();        // two interleaved half circles
DataSource ring_source();         // a circle
DataSource rings_source();        // `clusters` circles in one another
DataSource spiral_source();       // `clusters` spiral arms
DataSource grid_source();         // a square lattice
DataSource uniform_source();      // a square
DataSource bumps_source();        // `clusters` bumps on the line

}  // namespace iem
