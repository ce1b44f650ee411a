// iemlab run --animate: an animated figure of the run that was just stepped.
#pragma once

#include "app/cli/commands.h"
#include "core/run/run.h"

namespace iem::cli {

struct Output;
struct Report;

// Writes an animated figure of the run up to where it is now. Throws InputError, of kind `interrupted` after
// a signal that comes meanwhile: then there is no file.
void animate(const Output& film, const RunOptions& options, const Report& report, const Run& run);

}  // namespace iem::cli
