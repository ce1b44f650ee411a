#include "core/labs/layer/model/layer.h"

#include "core/base/error.h"

namespace iem {

Layer::Layer(LayerOptions options) : options_(std::move(options)) {
  const auto learned = [&](const char* block) { return options_.learn.contains(block); };
  layout_.add("W", options_.units, options_.inputs, learned("W"));
  layout_.add("b", options_.units, 1, learned("b"));
  if (!options_.has_readout()) return;
  layout_.add("W_2", options_.classes, options_.units, learned("W_2"));
  layout_.add("b_2", options_.classes, 1, learned("b_2"));
}

std::vector<std::string> Layer::metric_ids() const {
  return {"dead",          "redundancy",         "entropy",
          "usage_min",     "accuracy",           "lse_term",
          "variance_term", "decorrelation_term", "orthogonality_term",
          "readout_term"};
}

std::vector<NamedTensor> Layer::natural(const Theta& theta) const {
  std::vector<NamedTensor> out = Model::natural(theta);
  for (NamedTensor& block : out)
    if (block.name.starts_with("b")) block.tensor.shape.pop_back();
  return out;
}

Theta Layer::from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const {
  std::vector<NamedTensor> blocks;
  for (NamedTensor block : natural) {
    if (block.name == "units") {
      const auto [w, b] = taken_apart(block.tensor);
      blocks.push_back({"W", w});
      blocks.push_back({"b", b});
      continue;
    }
    if (block.name.starts_with("b") && block.tensor.shape.size() == 1) block.tensor.shape.push_back(1);
    blocks.push_back(std::move(block));
  }
  return Model::from_natural(theta, blocks);
}

// A row a unit: w, then b.
std::pair<Tensor, Tensor> Layer::taken_apart(const Tensor& units) const {
  const std::vector<std::int64_t> shape = {options_.units, options_.inputs + 1};
  if (units.shape != shape)
    throw InputError("state.units has shape " + shape_text(units.shape) + ": must be " + shape_text(shape));
  Tensor w{{options_.units, options_.inputs}, {}}, b{{options_.units, 1}, {}};
  for (std::size_t at = 0; at < units.data.size(); ++at)
    (at % static_cast<std::size_t>(shape[1]) + 1 == static_cast<std::size_t>(shape[1]) ? b : w)
        .data.push_back(units.data[at]);
  return {w, b};
}

Eigen::VectorXd Layer::coordinates(const Theta& theta, const Eigen::RowVectorXd& point) const {
  return weights(theta) * point.transpose() + offsets(theta);
}

}  // namespace iem
