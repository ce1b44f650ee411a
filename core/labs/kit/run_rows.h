// The runs of a snapshot as a list that treats the first like the others: for lists, tables and pictures.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/run/snapshot.h"

namespace iem {

// One run; valid as long as the snapshot lives.
struct RunRow {
  std::string name;
  std::string differs;  // differences from the first, in words; empty: none, or its name says them
  const Setup* setup = nullptr;
  const History* history = nullptr;
  const Evaluation* now = nullptr;
  const Divergence* divergence = nullptr;  // null: it has not diverged
  std::int64_t step = 0;                   // of its state
  int mark = 0;                            // its hue and dash
  bool kept = false;                       // a discarded future
  bool shown = true;
};

// The first, then the others in their order, hidden and kept ones too.
std::vector<RunRow> run_rows(const Snapshot& snapshot);

}  // namespace iem
