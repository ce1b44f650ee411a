// The plan of `iemlab compare`: the runs, and the draws of each.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "core/compare/draws.h"

namespace iem::cli {

// "KEY=VALUE,...": a run beside one of this configuration. Throws InputError for what is no key or value of
// it, is said twice, or has no effect there.
RunSpec parse_run(const std::string& text, const Config& config);

// Every draw that --seeds and --seed-init ask for, else those that a run of the scene asks for; none: as the
// scene is, once.
std::vector<Draw> draws_of(const CompareOptions& options, const Scene& scene);

// The scene's own run and all others, at the start. Best learning rates are searched over `steps` steps, and
// the rates found are printed. `check` is called with the scene's own run before that.
Comparison open_comparison(const CompareOptions& options, const std::vector<Draw>& draws,
                           const std::function<void(const Run& first)>& check);

}  // namespace iem::cli
