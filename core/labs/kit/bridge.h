// A way from a run of one lab to a run of another lab that shows the same thing. Labs do not include each
// other: the bridge lies in the room of the lab it leads to, and the list of all is in
// core/labs/registry.cpp.
#pragma once

#include <string>

#include "core/labs/kit/lab.h"

namespace iem {

struct Bridge {
  // What is on the other side.
  struct Crossing {
    Scene scene;
    std::string said;    // how well it does
    bool exact = false;  // up to rounding
  };

  std::string id;      // "along_probe"
  std::string label;   // as an action: "Derive the activation along the probe line"
  std::string word;    // the same in a word, where several stand beside each other: "Labels"
  std::string help;    // of a button that crosses it
  std::string from;    // the id of the lab whose runs it is for
  std::string figure;  // the id of that lab's figure beside whose title the button stands
  // One sentence why a run of any lab cannot cross it; empty: it can.
  std::string (*unavailable)(const Snapshot& snapshot);
  Crossing (*cross)(const Snapshot& snapshot, const View& view);
};

}  // namespace iem
