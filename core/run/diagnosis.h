// One sentence about what goes wrong in a run, with the edits that mend it.
#pragma once

#include <string>
#include <vector>

#include "core/run/edit.h"

namespace iem {

struct Diagnosis {
  std::string kind;         // "diverged", "metric_collapse", "singularity", "dead", "slow"
  int component = -1;       // from 0; -1: the run as a whole
  std::string text;         // "component 2 collapses: sigma 3e-7 and falling"
  std::string remedy;       // what the edits do: "Set a smallest spread of 0.06"
  std::vector<Edit> edits;  // to be applied in this order; empty: there is no remedy at hand
};

}  // namespace iem
