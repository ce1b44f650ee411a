// The figure of a lab's identity: the derivative of a point's loss by an energy, computed independently,
// against the lab's formula for it. Where they agree, dots lie on the diagonal.
#pragma once

#include <string>

#include "core/labs/kit/lab.h"

namespace iem {

// How the identity of a lab is drawn.
struct IdentityLook {
  std::string words;             // of the caption, behind the scene and the step: ". $...$ against $...$."
  std::string title_tex;         // the equation
  double lo = -1.05, hi = 0.05;  // of both axes
  std::string series = "prototype";  // in tables: "prototype 2"
  int coloured = -1;                 // up to this many components have a hue and a shape each; -1: any number
  Shape pinned = Shape::disc;
  int point = -1;  // the point whose dots are emphasised
};

// Drawn from the snapshot's identity sample. Pairs that are not finite are left out.
Figure identity_figure(const Snapshot& snapshot, const IdentityLook& look);

// The figure of the identity for responsibilities, -r, with the dots of the pinned point emphasised.
Figure identity_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
