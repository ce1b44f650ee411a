// One forward and backward pass of a layer, block by block. Forwards: distances, responsibilities and the
// sums that the variances and correlations are made of. In between: K x K numbers (moments.h). Backwards: the
// gradient of every term by the distances, and from there by W and b. Pieces of blocks go to the threads;
// pieces, and the order of their sums, depend on the data alone.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "core/base/scratch.h"
#include "core/kernel/layer.h"
#include "core/labs/layer/model/moments.h"
#include "core/labs/layer/model/readout_pass.h"

namespace iem {
namespace {

using kernel::kLayerBlock;

constexpr Eigen::Index kMostLayerPieces = 8;
// The most numbers of z and r that are kept from the forward pass; beyond it they are computed again in the
// backward pass.
constexpr Eigen::Index kKeptNumbers = 1 << 23;

// Sums of one piece; the arrays are rows of whole packs.
struct LayerSums {
  double partition = 0, entropy = 0;  // sum of L_i, and of the entropies of r
  double *off = nullptr, *products = nullptr, *usage = nullptr;
  double *weights = nullptr, *offsets = nullptr;  // D x stride: dJ/dW transposed; dJ/db
  ReadoutSums readout;
};

// One block of points with the working memory of its thread; rows of whole packs.
struct LayerBlock {
  Eigen::Index first = 0;
  int rows = 0;
  double *z = nullptr, *r = nullptr;
  double *d = nullptr, *off = nullptr, *g = nullptr;
  double *least = nullptr, *log_sums = nullptr, *entropies = nullptr;  // one number a row
};

class LayerPass {
 public:
  LayerPass(const Layer& model, const Theta& theta, double tau, const Dataset& data,
            std::span<const Eigen::Index> batch)
      : model_(model),
        options_(model.options()),
        theta_(theta),
        tau_(tau),
        data_(data),
        batch_(batch),
        points_(batch.empty() ? data.size() : static_cast<Eigen::Index>(batch.size())),
        stride_(static_cast<int>(Scratch::padded(model.units()))),
        blocks_((points_ + kLayerBlock - 1) / kLayerBlock),
        pieces_(std::clamp<Eigen::Index>(blocks_ / 4, 1, kMostLayerPieces)),
        kernel_(kernel::layer_kernel()) {}

  // Fills the N x K rows of `out` too, if `rows`.
  void run(bool rows, ThreadPool& pool, Evaluation& out) {
    static thread_local Scratch scratch;
    scratch.begin();
    take_points(scratch);
    take_parameters(scratch);
    std::vector<LayerSums> sums(static_cast<std::size_t>(pieces_));
    for (LayerSums& each : sums) make_sums(scratch, each);
    find_centre();
    if (rows) make_rows(out);
    over_blocks(pool, sums, [&](LayerBlock& block, LayerSums& piece) { forwards(block, piece); });
    const LayerMoments moments = gather(sums);
    turn_round(moments, scratch);
    over_blocks(pool, sums, [&](LayerBlock& block, LayerSums& piece) {
      backwards(block, piece);
      if (rows) copy_rows(block, out);
      to_parameters(block, piece);
    });
    finish(moments, sums, out);
  }

 private:
  // The points by coordinate: coordinate a of point i is x_[a * x_stride_ + i]. And their labels.
  void take_points(Scratch& scratch) {
    labels_.assign(static_cast<std::size_t>(options_.has_readout() ? points_ : 0), -1);
    for (std::size_t i = 0; i < labels_.size() && data_.has_labels(); ++i) {
      labels_[i] = data_.labels[batch_.empty() ? static_cast<Eigen::Index>(i) : batch_[i]];
      labelled_ += labels_[i] >= 0 ? 1 : 0;
    }
    x_ = data_.points.data();
    x_stride_ = data_.size();
    if (batch_.empty()) return;
    x_stride_ = points_;
    double* some = scratch.take(options_.inputs * points_);
    for (Eigen::Index a = 0; a < options_.inputs; ++a)
      for (Eigen::Index i = 0; i < points_; ++i)
        some[a * points_ + i] = data_.points(batch_[static_cast<std::size_t>(i)], a);
    x_ = some;
  }

  void take_parameters(Scratch& scratch) {
    const auto w = model_.weights(theta_);
    const auto b = model_.offsets(theta_);
    double* columns = scratch.zeros(options_.inputs * stride_);
    double* offsets = scratch.zeros(stride_);
    for (Eigen::Index j = 0; j < options_.units; ++j) {
      offsets[j] = b[j];
      for (Eigen::Index a = 0; a < options_.inputs; ++a) columns[a * stride_ + j] = w(j, a);
    }
    weights_ = columns;
    offsets_ = offsets;
    nothing_ = scratch.zeros(stride_);
    centre_ = scratch.zeros(stride_);
    partition_ = scratch.take(points_);
    const bool keep = 2 * points_ * stride_ <= kKeptNumbers;
    z_ = keep ? scratch.take(points_ * stride_) : nullptr;
    r_ = keep ? scratch.take(points_ * stride_) : nullptr;
    if (labelled_ > 0) readout_.emplace(model_, theta_, static_cast<double>(labelled_), stride_, scratch);
  }

  void make_sums(Scratch& scratch, LayerSums& sums) const {
    sums.off = scratch.zeros(stride_);
    sums.usage = scratch.zeros(stride_);
    sums.products = scratch.zeros(options_.units * stride_);
    sums.weights = scratch.zeros(options_.inputs * stride_);
    sums.offsets = scratch.zeros(stride_);
    if (readout_) sums.readout = readout_->sums(scratch);
  }

  template <class Work>
  void over_blocks(ThreadPool& pool, std::vector<LayerSums>& sums, const Work& work) const {
    pool.run(pieces_, [&](std::int64_t piece) {
      for (Eigen::Index number = piece; number < blocks_; number += pieces_) {
        LayerBlock block = take_block(number);
        work(block, sums[static_cast<std::size_t>(piece)]);
      }
    });
  }

  LayerBlock take_block(Eigen::Index number) const {
    static thread_local Scratch scratch;
    scratch.begin();
    LayerBlock block;
    block.first = number * kLayerBlock;
    block.rows = static_cast<int>(std::min<Eigen::Index>(kLayerBlock, points_ - block.first));
    const auto rows = [&] { return scratch.take(static_cast<std::int64_t>(kLayerBlock) * stride_); };
    block.d = rows(), block.off = rows(), block.g = rows();
    double* own[] = {rows(), rows()};
    block.z = z_ ? z_ + block.first * stride_ : own[0];
    block.r = r_ ? r_ + block.first * stride_ : own[1];
    double* lists = scratch.take(3 * kLayerBlock);
    block.least = lists, block.log_sums = lists + kLayerBlock, block.entropies = lists + 2 * kLayerBlock;
    return block;
  }

  // The centre about which sums of products are taken, so that they do not cancel: the mean distances of the
  // first block.
  void find_centre() {
    LayerBlock block = take_block(0);
    measure(block);
    kernel_.add_rows(block.d, block.rows, stride_, centre_);
    for (int j = 0; j < stride_; ++j) centre_[j] /= block.rows;
  }

  kernel::Strided points_of(const LayerBlock& block) const { return {x_ + block.first, 1, x_stride_}; }

  void measure(LayerBlock& block) const {
    kernel_.multiply(points_of(block), block.rows, static_cast<int>(options_.inputs), weights_, offsets_,
                     stride_, block.z);
    kernel_.distances(options_.distance, block.z, block.rows, stride_, centre_, block.d, block.off);
  }

  void share(LayerBlock& block) const {
    const double inverse = std::min(1 / tau_, std::numeric_limits<double>::max());
    kernel_.share({block.d, block.rows, static_cast<int>(options_.units), stride_, inverse, block.r,
                   block.least, block.log_sums, block.entropies});
  }

  void forwards(LayerBlock& block, LayerSums& sums) const {
    measure(block);
    share(block);
    for (int i = 0; i < block.rows; ++i) {
      const double partition = tau_ * block.log_sums[i] - block.least[i];
      partition_[block.first + i] = partition;
      sums.partition += partition;
      sums.entropy += block.entropies[i];
    }
    kernel_.add_rows(block.off, block.rows, stride_, sums.off);
    kernel_.add_rows(block.r, block.rows, stride_, sums.usage);
    kernel_.correlate({block.off, stride_, 1}, block.rows, static_cast<int>(options_.units), block.off,
                      stride_, true, sums.products);
  }

  // Sums over pieces, in their order, into the first.
  LayerMoments gather(std::vector<LayerSums>& sums) const {
    const Eigen::Index k = options_.units;
    for (std::size_t piece = 1; piece < sums.size(); ++piece) {
      sums[0].partition += sums[piece].partition;
      sums[0].entropy += sums[piece].entropy;
      add(sums[0].off, sums[piece].off, stride_);
      add(sums[0].usage, sums[piece].usage, stride_);
      add(sums[0].products, sums[piece].products, k * stride_);
    }
    const Eigen::Map<const Layer::RowMajor> products(sums[0].products, k, stride_);
    return {static_cast<double>(points_), Eigen::Map<const Eigen::VectorXd>(centre_, k),
            Eigen::Map<const Eigen::VectorXd>(sums[0].off, k), products.leftCols(k)};
  }

  static void add(double* to, const double* from, Eigen::Index count) {
    for (Eigen::Index i = 0; i < count; ++i) to[i] += from[i];
  }

  // Prepares the backward pass, in which distances are taken about their means.
  void turn_round(const LayerMoments& moments, Scratch& scratch) {
    const Eigen::Index k = options_.units;
    const double variance = options_.variance_weight, decorrelation = options_.decorrelation_weight;
    diagonal_ = scratch.zeros(stride_);
    Eigen::Map<Eigen::VectorXd>(diagonal_, k) = moments.diagonal(variance, decorrelation);
    std::copy_n(moments.mean.data(), k, centre_);
    if (decorrelation == 0) return;
    between_ = scratch.zeros(k * stride_);
    for (Eigen::Index j = 0; j < k; ++j)
      for (Eigen::Index l = 0; l < k; ++l) between_[j * stride_ + l] = moments.between(j, l, decorrelation);
  }

  // g = dJ/dd.
  void backwards(LayerBlock& block, LayerSums& sums) const {
    if (z_) {
      kernel_.distances(options_.distance, block.z, block.rows, stride_, centre_,
                        readout_ ? block.d : nullptr, block.off);
    } else {
      measure(block);
      share(block);
    }
    if (between_)
      kernel_.multiply({block.off, stride_, 1}, block.rows, static_cast<int>(options_.units), between_,
                       nothing_, stride_, block.g);
    else
      std::fill_n(block.g, block.rows * stride_, 0.0);
    if (readout_)
      readout_->add(
          {block.rows, block.d, block.r, partition_ + block.first, labels_.data() + block.first, block.g},
          sums.readout);
    kernel_.combine(block.g, block.r, options_.lse_weight / static_cast<double>(points_), block.off,
                    diagonal_, block.rows, stride_);
  }

  // From dJ/dd to dJ/dz and on to W and b.
  void to_parameters(LayerBlock& block, LayerSums& sums) const {
    kernel_.times_slope(options_.distance, block.z, block.g, block.rows, stride_);
    kernel_.correlate(points_of(block), block.rows, static_cast<int>(options_.inputs), block.g, stride_,
                      false, sums.weights);
    kernel_.add_rows(block.g, block.rows, stride_, sums.offsets);
  }

  void make_rows(Evaluation& out) const {
    for (Eigen::MatrixXd* rows : {&out.energies, &out.responsibilities, &out.pulls})
      rows->resize(points_, options_.units);
  }

  void copy_rows(const LayerBlock& block, Evaluation& out) const {
    const auto n = static_cast<double>(points_);
    for (int i = 0; i < block.rows; ++i)
      for (Eigen::Index j = 0; j < options_.units; ++j) {
        const Eigen::Index at = i * stride_ + j;
        out.energies(block.first + i, j) = line_distance(options_.distance, block.z[at]);
        out.responsibilities(block.first + i, j) = block.r[at];
        out.pulls(block.first + i, j) = n * block.g[at];
      }
  }

  void finish(const LayerMoments& moments, std::vector<LayerSums>& sums, Evaluation& out) const {
    LayerSums& all = sums[0];
    for (std::size_t piece = 1; piece < sums.size(); ++piece) add_gradient(all, sums[piece]);
    out.gradient.setZero(model_.layout().size());
    const Eigen::Index k = options_.units, d = options_.inputs;
    const auto block = [&](const char* name) {
      return out.gradient.data() + model_.layout().block(name).offset;
    };
    Eigen::Map<Layer::RowMajor> w(block("W"), k, d);
    w = Eigen::Map<const Layer::RowMajor>(all.weights, d, stride_).leftCols(k).transpose();
    std::copy_n(all.offsets, k, block("b"));
    if (readout_) {
      const Eigen::Index classes = options_.classes;
      Eigen::Map<Layer::RowMajor>(block("W_2"), classes, k) =
          Eigen::Map<const Layer::RowMajor>(all.readout.weights, classes, stride_).leftCols(k);
      std::copy_n(all.readout.offsets, classes, block("b_2"));
    }
    fill_metrics(moments, all, w, out);
    model_.layout().mask(out.gradient);
    out.statistics.resize(k, kCorrelations + k);
    out.statistics.col(kUnitUsage) = Eigen::Map<const Eigen::VectorXd>(all.usage, k);
    out.statistics.col(kUnitMean) = moments.mean;
    out.statistics.col(kUnitVariance) = moments.variance;
    out.statistics.rightCols(k) = moments.correlation;
  }

  void add_gradient(LayerSums& to, const LayerSums& from) const {
    add(to.weights, from.weights, options_.inputs * stride_);
    add(to.offsets, from.offsets, stride_);
    if (!readout_) return;
    to.readout.loss += from.readout.loss;
    to.readout.correct += from.readout.correct;
    add(to.readout.weights, from.readout.weights, options_.classes * stride_);
    add(to.readout.offsets, from.readout.offsets, Scratch::padded(options_.classes));
  }

  // Fills in the metrics, J, and the part of the gradient that does not depend on the points.
  void fill_metrics(const LayerMoments& moments, const LayerSums& all, Eigen::Map<Layer::RowMajor>& w,
                    Evaluation& out) const {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    const auto n = static_cast<double>(points_);
    Eigen::VectorXd& m = out.metrics;
    m.setConstant(kLayerMetrics, undefined);
    m[kDeadUnits] = moments.dead;
    if (moments.dead == 0) m[kRedundancy] = moments.redundancy;
    m[kShareEntropy] = all.entropy / n;
    m[kLeastUsage] = Eigen::Map<const Eigen::VectorXd>(all.usage, options_.units).minCoeff() / n;
    m[kLseTerm] = -all.partition / n;
    m[kVarianceTerm] = moments.variance_term;
    m[kDecorrelationTerm] = moments.redundancy;
    out.loss = options_.lse_weight * m[kLseTerm] + options_.variance_weight * m[kVarianceTerm] +
               options_.decorrelation_weight * m[kDecorrelationTerm];
    if (options_.orthogonality_weight != 0) {
      m[kOrthogonalityTerm] = orthogonality(model_.weights(theta_), options_.orthogonality_weight, w);
      out.loss += options_.orthogonality_weight * m[kOrthogonalityTerm];
    }
    if (!readout_) return;
    m[kReadoutAccuracy] = all.readout.correct / static_cast<double>(labelled_);
    m[kReadoutTerm] = all.readout.loss / static_cast<double>(labelled_);
    out.loss += options_.readout_weight * m[kReadoutTerm];
  }

  const Layer& model_;
  const LayerOptions& options_;
  const Theta& theta_;
  double tau_;
  const Dataset& data_;
  std::span<const Eigen::Index> batch_;
  Eigen::Index points_, labelled_ = 0;
  int stride_;
  Eigen::Index blocks_, pieces_;
  const kernel::LayerKernel& kernel_;
  std::optional<ReadoutPass> readout_;  // where points have labels for it
  std::vector<int> labels_;
  const double* x_ = nullptr;
  Eigen::Index x_stride_ = 0;
  const double *weights_ = nullptr, *offsets_ = nullptr, *nothing_ = nullptr;  // D x stride; rows
  double *centre_ = nullptr, *partition_ = nullptr, *diagonal_ = nullptr, *between_ = nullptr;
  double *z_ = nullptr, *r_ = nullptr;  // points x stride, where they are kept
};

}  // namespace

void Layer::evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                     Wanted wanted, ThreadPool& pool, Evaluation& out) const {
  const bool rows = wants_rows(wanted) && batch.empty();
  if (!rows) {
    for (Eigen::MatrixXd* none : {&out.energies, &out.responsibilities, &out.pulls}) none->resize(0, 0);
  }
  LayerPass(*this, theta, tau, data, batch).run(rows, pool, out);
}

}  // namespace iem
