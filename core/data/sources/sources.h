// The sources of data, by family. Generated points lie within about [-4, 4] on each axis; `noise` is the
// standard deviation, in the same unit, of the normal numbers added to the exact shape.
#pragma once

#include "core/data/source.h"

namespace iem {

// file_source.cpp, inline_source.cpp
DataSource csv_source();
// data.path as a path that can be opened from the working folder; relative paths begin at `folder`.
std::string resolved_path(const std::string& path, const std::string& folder);
DataSource npy_source();
DataSource digits_source();
DataSource inline_source();

// blob_sources.cpp: clusters of points
DataSource blobs_source();
DataSource anisotropic_source();

// pair_source.cpp: two clusters at a chosen distance
DataSource pair_source();

// curve_sources.cpp: points along curves
DataSource ring_source();
DataSource rings_source();
DataSource moons_source();
DataSource spiral_source();

// plain_sources.cpp: points without structure
DataSource grid_source();
DataSource uniform_source();

// regression_sources.cpp: y follows x along two lines
DataSource crossing_source();
DataSource kink_source();

// line_sources.cpp: numbers on the line, or none
DataSource bumps_source();
DataSource skewed_source();
DataSource heavy_tails_source();
DataSource outliers_source();
DataSource no_source();

// sequence_sources.cpp: tokens with a target or a label each
DataSource inline_sequence_source();
DataSource sticky_markov_source();
DataSource roles_source();

}  // namespace iem
