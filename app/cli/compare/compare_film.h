// iemlab compare --animate: each run in a panel of its own, all of them in step.
#pragma once

#include "app/cli/commands.h"
#include "app/cli/compare/results.h"
#include "app/cli/output.h"

namespace iem::cli {

// Writes an animated figure of the first draw of every run; each goes to its own last step. `runs_in_words`
// stand behind its caption. InputError as write_film.
void animate_runs(const Output& film, const CompareOptions& options, const Results& results,
                  const std::string& runs_in_words);

// The configuration a run is shown with: J* is the same for all runs on the same data.
Config view_of(const Run& run, const DrawnRun& drawn, const Results& results);

}  // namespace iem::cli
