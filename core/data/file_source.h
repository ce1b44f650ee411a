// Points from csv and npy files: data.path, relative to the scene; builtin:NAME is an embedded file.
#pragma once

#include "core/data/source.h"

namespace iem {

DataSource csv_source();
DataSource npy_source();

}  // namespace iem
