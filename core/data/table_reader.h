// Reads points from csv text and npy bytes. Errors name line and column.
//
// csv: comma, semicolon or tab separated, as a first line "sep=;" may say; lines that begin with # are
// skipped. An optional header names the axes, "name_unit" with a known unit suffix (mm, cm, m, min, s, kg, g)
// being split; a first row with a number in it is none. The first two columns are the points, a column named
// `label` holds integers. Every row has as many fields as the first, empty ones at its end not counted.
// npy: float32/float64, C and Fortran order, little endian, N x D or N x (D+1) with labels; anything else is
// refused with the reason.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/data/dataset.h"

namespace iem {

Dataset read_csv(std::string_view text, const std::string& file, int dimension);
Dataset read_npy(std::span<const std::byte> bytes, const std::string& file, int dimension);

// Reads a whole file; "builtin:NAME" is an embedded one ("builtin:penguins.csv"). Throws InputError (kind
// io), also for a pipe or a device, and refuses a file of more than `limit_mib` MiB while it is read.
std::string read_file(const std::string& path, std::size_t limit_mib = 2048);

}  // namespace iem
