#include "core/lab/attention_detail.h"

#include "core/model/attention.h"

namespace iem {

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
  return out;
}

}  // namespace iem
