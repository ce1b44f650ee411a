// Data: points in the plane or on the line, stored by coordinate, with optional labels. Immutable once made,
// shared by everything that looks at a run.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/data/near_order.h"

namespace iem {

// Where labels come from a Markov chain: label i follows symbol i.
struct Chain {
  Eigen::MatrixXd transition;  // n x n, rows sum to 1
  Eigen::VectorXi symbols;     // N: the symbol that precedes each label
  double entropy = 0;          // of the next symbol, nats: the uniform average over rows of `transition`
};

struct Dataset {
  Eigen::MatrixXd points;        // N x D, column-major: each coordinate is contiguous; D is 0 for positions
                                 // that have no tokens, only targets or labels
  Eigen::VectorXi labels;        // N, or empty; -1 = unlabelled
  Eigen::VectorXi clean_labels;  // N, the labels before noise (label_noise.h); empty: nothing was changed
  Eigen::MatrixXd targets;       // N x d_v, the wanted output at each position, or empty
  std::shared_ptr<const Chain> chain;
  std::vector<std::string> label_names;     // what label 0, 1, ... is called ("setosa"), or empty: numbers
  std::vector<std::string> names;           // D axis names without unit ("bill length"), or empty
  std::vector<std::string> units;           // D ("mm"), of the coordinates before they were standardised
  std::vector<std::string> columns;         // D, as their own file names them ("bill_length_mm"), or empty
  bool standardised = false;                // each coordinate has mean 0 and standard deviation 1
  Eigen::VectorXd shift, scale;             // D, the mean and deviation before that; else empty
  std::string title;                        // "Penguins"
  std::string words;                        // what a caption says of a choice made in a file, or empty
  std::vector<std::string> notes;           // what should be said once when the points are read
  std::uint64_t hash = 0;                   // over points, labels and targets, and those held out
  std::shared_ptr<const Dataset> held_out;  // points set aside, which nothing is learned from; null: none
  NearCache near;                           // the points of a plane once more, neighbours together

  Eigen::Index size() const { return points.rows(); }
  int dimension() const { return static_cast<int>(points.cols()); }
  bool has_labels() const { return labels.size() > 0; }
};

// What a label is called: its name, or "class 2" by its number; "no class" for -1.
std::string label_words(const Dataset& data, int label);

// Fills `hash` and forgets what was made of other points; call once when they are final.
void seal(Dataset& data);

// At most `most` points with their labels, evenly spread over the data in their order; not sealed.
Dataset thinned(const Dataset& data, Eigen::Index most);

// Moves `share` of the points, drawn without replacement, into `held_out`; at least one point stays. Both
// parts keep the order.
void hold_out(Dataset& data, double share, Random random);

// The points set aside put back, behind the others.
Dataset with_held_out(const Dataset& data);

// Subtracts the mean and divides by the standard deviation (1/N) of each coordinate, and keeps both as
// `shift` and `scale`. A coordinate without spread is only centred: its scale is 1.
void standardise(Dataset& data);

}  // namespace iem
