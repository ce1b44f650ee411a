// The classifier lab's figures: one function of a snapshot and a view for each.
#pragma once

#include <string>
#include <vector>

#include "core/labs/classifier/model/keys.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/plane_stage.h"

namespace iem {

// In the order they are offered. Adding one: a function, and its line in list.cpp.
const std::vector<FigureType>& classifier_figures();

// The view keys that only this lab's figures have.
std::vector<Parameter> classifier_view_parameters();

// "point 338, Chinstrap".
std::string point_words(const Snapshot& snapshot, int point);
// What class j is called: its name, or "class 2".
std::string class_words(const Snapshot& snapshot, int j);

int label_of_point(const Snapshot& snapshot, Eigen::Index point);  // -1: none, or lines answer
// Whether a point has evidence of its class: a label or, with experts, its y.
bool has_evidence(const Snapshot& snapshot, Eigen::Index point);
Classifier::PointRow row_of_point(const Snapshot& snapshot, Eigen::Index point);
// The class that answers: with the largest r, or the least energy where none competes.
int answer_of(const Snapshot& snapshot, const Classifier::PointRow& row);

// The same for a point of the data, taken from the rows of the snapshot where it has them, which is fast
// enough for figures of all points.
int answer_at(const Snapshot& snapshot, Eigen::Index point);
double strength_at(const Snapshot& snapshot, Eigen::Index point);  // sum_j |N dJ/dd_ij|

// Linear energies have no prototypes; each class has a knob instead, in the direction of w_j from the middle
// of the stage at the distance reach |w|/(1 + |w|). So a steeper class is farther out, and no knob leaves the
// stage.
struct KnobFrame {
  double x = 0, y = 0, reach = 1;
  std::pair<double, double> place(double w0, double w1) const;
  std::pair<double, double> slope(double at_x, double at_y) const;  // and back
};
KnobFrame knob_frame(const Snapshot& snapshot);
// Where class j is on the stage under theta: its prototype, or its knob.
std::pair<double, double> place_of_class(const Snapshot& snapshot, const Theta& theta, int j);

// The ray of the figure closed_world, from (x0, y0) through (x1, y1): view.probe, or from the middle of the
// data to the right where that is not set.
struct Ray {
  double x0 = 0, y0 = 0, x1 = 1, y1 = 0;
  double length() const;
};
Ray ray_of(const Snapshot& snapshot, const View& view);

Figure classifier_stage_figure(const Snapshot& snapshot, const View& view);  // stage.cpp
Figure classifier_loss_figure(const Snapshot& snapshot, const View& view);   // curves.cpp
Figure generative_figure(const Snapshot& snapshot, const View& view);        // curves.cpp
Figure accuracy_figure(const Snapshot& snapshot, const View& view);          // curves.cpp
Figure clamped_identity_figure(const Snapshot& snapshot, const View& view);  // clamp.cpp
Figure clamp_figure(const Snapshot& snapshot, const View& view);             // clamp.cpp
Figure calibration_figure(const Snapshot& snapshot, const View& view);       // calibration.cpp
Figure confusion_figure(const Snapshot& snapshot, const View& view);         // confusion.cpp
Figure residuals_figure(const Snapshot& snapshot, const View& view);         // residuals.cpp
Figure closed_world_figure(const Snapshot& snapshot, const View& view);      // closed_world.cpp
Figure classifier_bound_figure(const Snapshot& snapshot, const View& view);  // bound.cpp

}  // namespace iem
