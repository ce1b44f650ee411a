// The runs of a snapshot one after the other, the first like those beside it: for lists, tables and pictures.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/run/snapshot.h"

namespace iem {

// One of them, as long as the snapshot lives.
struct RunRow {
  std::string name;
  std::string differs;  // from the first, in words; empty: in nothing, or its name says it
  const Setup* setup = nullptr;
  const History* history = nullptr;
  const Evaluation* now = nullptr;
  const Divergence* divergence = nullptr;  // null: it goes on
  std::int64_t step = 0;                   // of its state
  int mark = 0;                            // its hue and dash
  bool kept = false;                       // a future that was left behind
  bool shown = true;
};

// The first, then the others in their order, hidden and kept ones too.
std::vector<RunRow> run_rows(const Snapshot& snapshot);

}  // namespace iem
