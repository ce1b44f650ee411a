#pragma once

#include "app/cli/cli.h"

namespace iem {

// The window, for the command line.
cli::WindowHooks window_hooks();

}  // namespace iem
