// The claim on screen: the derivative of a point's loss by an energy computed independently, against what the
// lab says it is, on the diagonal.
#pragma once

#include <string>

#include "core/labs/kit/lab.h"

namespace iem {

// How a lab's claim is drawn.
struct IdentityLook {
  std::string words;             // of the caption, behind the scene and the step: ". $...$ against $...$."
  std::string title_tex;         // the equation
  double lo = -1.05, hi = 0.05;  // of both axes
  std::string series = "prototype";  // in tables: "prototype 2"
  int coloured = -1;                 // at most so many components have a hue and a shape each; -1: any number
  Shape pinned = Shape::disc;
  int point = -1;  // whose dots stand out
};

// Of the sample that the snapshot carries. What is not finite is left out.
Figure identity_figure(const Snapshot& snapshot, const IdentityLook& look);

// That of -r for responsibilities, with the pinned point's dots.
Figure identity_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
