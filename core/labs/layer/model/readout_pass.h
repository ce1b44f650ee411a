// The read-out of a block of points: logits = W_2 t + b_2, t_j = d_j or, calibrated, d_j + L with
// L = tau log sum_k exp(-d_k/tau), so that exp(-t_j/tau) = r_j; its cross-entropy, and the gradient of that
// by the distances.
#pragma once

#include <cstdint>

#include "core/base/scratch.h"
#include "core/kernel/layer.h"
#include "core/labs/layer/model/layer.h"

namespace iem {

// Sums of a read-out over points; the arrays are rows of whole packs.
struct ReadoutSums {
  double loss = 0, correct = 0;
  double* weights = nullptr;  // C x stride: dJ/dW_2
  double* offsets = nullptr;  // class_stride: dJ/db_2
};

class ReadoutPass {
 public:
  // `labelled`: how many points have a label. Its matrices live in `scratch`.
  ReadoutPass(const Layer& model, const Theta& theta, double labelled, int stride, Scratch& scratch);

  ReadoutSums sums(Scratch& scratch) const;  // empty ones

  struct Rows {
    int count = 0;
    const double* d = nullptr;          // count x stride
    const double* r = nullptr;          // the same
    const double* partition = nullptr;  // count: L_i
    const int* labels = nullptr;        // count; -1: none
    double* g = nullptr;                // count x stride: dJ/dd is added
  };
  void add(const Rows& rows, ReadoutSums& sums) const;

 private:
  const LayerOptions& options_;
  double share_;  // of one labelled point in J
  int classes_, class_stride_, stride_;
  double *rows_ = nullptr, *columns_ = nullptr;  // -W_2 as C x stride and as K x class_stride
  double *offsets_ = nullptr, *nothing_ = nullptr;
};

}  // namespace iem
