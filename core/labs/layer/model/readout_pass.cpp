#include "core/labs/layer/model/readout_pass.h"

#include <algorithm>

namespace iem {

using kernel::kLayerBlock;

// The predictions are computed as responsibilities with the energies -logits, by the same kernel as those of
// units; the signs are changed at the end.
ReadoutPass::ReadoutPass(const Layer& model, const Theta& theta, double labelled, int stride,
                         Scratch& scratch)
    : options_(model.options()),
      share_(labelled > 0 ? options_.readout_weight / labelled : 0),
      classes_(static_cast<int>(options_.classes)),
      class_stride_(static_cast<int>(Scratch::padded(options_.classes))),
      stride_(stride) {
  const auto weights = model.readout(theta);
  const auto offsets = model.readout_offsets(theta);
  rows_ = scratch.zeros(static_cast<std::int64_t>(classes_) * stride_);
  columns_ = scratch.zeros(static_cast<std::int64_t>(options_.units) * class_stride_);
  offsets_ = scratch.zeros(class_stride_);
  nothing_ = scratch.zeros(std::max(stride_, class_stride_));
  for (Eigen::Index c = 0; c < classes_; ++c) {
    offsets_[c] = -offsets[c];
    for (Eigen::Index j = 0; j < options_.units; ++j)
      rows_[c * stride_ + j] = columns_[j * class_stride_ + c] = -weights(c, j);
  }
}

ReadoutSums ReadoutPass::sums(Scratch& scratch) const {
  ReadoutSums out;
  out.weights = scratch.zeros(static_cast<std::int64_t>(classes_) * stride_);
  out.offsets = scratch.zeros(class_stride_);
  return out;
}

void ReadoutPass::add(const Rows& rows, ReadoutSums& sums) const {
  static thread_local Scratch scratch;
  scratch.begin();
  const kernel::LayerKernel& kernel = kernel::layer_kernel();
  double* t = scratch.take(kLayerBlock * stride_);
  double* energies = scratch.take(kLayerBlock * class_stride_);
  double* shares = scratch.take(kLayerBlock * class_stride_);
  double* back = scratch.take(kLayerBlock * stride_);
  double* least = scratch.take(3 * kLayerBlock);
  for (int i = 0; i < rows.count; ++i) {
    const double lift = options_.calibrate ? rows.partition[i] : 0;
    for (int j = 0; j < stride_; ++j) t[i * stride_ + j] = rows.d[i * stride_ + j] + lift;
  }
  kernel.multiply({t, stride_, 1}, rows.count, static_cast<int>(options_.units), columns_, offsets_,
                  class_stride_, energies);
  kernel.share({energies, rows.count, classes_, class_stride_, 1, shares, least, least + kLayerBlock,
                least + 2 * kLayerBlock});
  for (int i = 0; i < rows.count; ++i) {
    const double* e = energies + i * class_stride_;
    double* p = shares + i * class_stride_;
    const int label = rows.labels[i];
    if (label < 0) {
      std::fill_n(p, class_stride_, 0.0);
      continue;
    }
    sums.loss += (e[label] - least[i]) + least[kLayerBlock + i];
    sums.correct += std::min_element(e, e + classes_) - e == label ? 1 : 0;
    // dJ/d(energy) = (1[c = y] - p) / labelled.
    for (int c = 0; c < classes_; ++c) p[c] = ((c == label ? 1 : 0) - p[c]) * share_;
  }
  kernel.multiply({shares, class_stride_, 1}, rows.count, classes_, rows_, nothing_, stride_, back);
  for (int i = 0; i < rows.count; ++i) {
    double* from = back + i * stride_;
    double lifted = 0;  // dJ/dL: every t_j contains L, and dL/dd_j = -r_j
    for (int j = 0; options_.calibrate && j < options_.units; ++j) lifted += from[j];
    for (int j = 0; j < stride_; ++j) rows.g[i * stride_ + j] += from[j] - lifted * rows.r[i * stride_ + j];
  }
  // Energies fall as W_2 and b_2 grow.
  for (int i = 0; i < rows.count * class_stride_; ++i) shares[i] = -shares[i];
  kernel.correlate({shares, class_stride_, 1}, rows.count, classes_, t, stride_, false, sums.weights);
  kernel.add_rows(shares, rows.count, class_stride_, sums.offsets);
}

}  // namespace iem
