// A bridge makes from a run of one lab a scene of another lab that shows the same thing. Labs do not include
// each other: a bridge is part of the lab it leads to, and core/labs/registry.cpp lists all bridges.
#pragma once

#include <string>

#include "core/labs/kit/lab.h"

namespace iem {

struct Bridge {
  // The result of crossing a bridge.
  struct Crossing {
    Scene scene;
    std::string said;    // how exact the correspondence is, in words
    bool exact = false;  // up to rounding
  };

  std::string id;      // "along_probe"
  std::string label;   // as an action: "Derive the activation along the probe line"
  std::string word;    // the same in a word, where several stand beside each other: "Labels"
  std::string help;    // of a button that crosses it
  std::string from;    // the id of the lab whose runs it is for
  std::string only;    // one sentence: why runs of other labs cannot cross
  std::string figure;  // the id of that lab's figure that has the button beside its title
  // One sentence why a run of that lab cannot cross; empty where it can.
  std::string (*unavailable)(const Snapshot& snapshot);
  // The same for a run of any lab.
  std::string unavailable_in(const Snapshot& snapshot) const {
    return snapshot.setup->problem().id() == from ? unavailable(snapshot) : only;
  }
  Crossing (*cross)(const Snapshot& snapshot, const View& view);
};

}  // namespace iem
