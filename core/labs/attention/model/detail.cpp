#include "core/labs/attention/model/detail.h"

#include <algorithm>

#include "core/labs/attention/model/attention.h"

namespace iem {
namespace {

// The value below which 99 % of the non-empty cells lie.
double strong(const PooledCells& cells) {
  std::vector<double> some;
  for (const double v : cells.values())
    if (v > 0) some.push_back(v);
  if (some.empty()) return 1;
  const auto at = some.begin() + static_cast<std::ptrdiff_t>(some.size() - 1 - some.size() / 100);
  std::nth_element(some.begin(), at, some.end());
  return *at;
}

}  // namespace

std::shared_ptr<const AttentionDetail> attention_detail(const Run& run) {
  const auto& model = static_cast<const Attention&>(*run.setup().model);
  const Dataset& data = *run.setup().data;
  auto out = std::make_shared<AttentionDetail>(model.queries(), model.keys());
  Eigen::VectorXd visits;
  if (data.chain) {
    const Eigen::Index n = data.chain->transition.rows();
    out->learned.setZero(n, n);
    visits.setZero(n);
  }
  model.observe(run.state().theta, run.temperature(), data, [&](const AttentionView& row) {
    out->attention.add(row.query, row.attention, row.seen);
    out->usefulness.add(row.query, row.usefulness, row.seen);
    if (!data.chain) return;
    const Eigen::Index symbol = data.chain->symbols[row.query];
    for (Eigen::Index c = 0; c < out->learned.cols(); ++c) out->learned(symbol, c) += row.prediction[c];
    visits[symbol] += 1;
  });
  for (Eigen::Index s = 0; s < visits.size(); ++s)
    if (visits[s] > 0) out->learned.row(s) /= visits[s];
  out->strong = strong(out->attention);
  return out;
}

}  // namespace iem
