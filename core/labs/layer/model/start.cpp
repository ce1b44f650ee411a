// The start of a layer: the given blocks, and the drawn ones.
#include <algorithm>

#include "core/labs/layer/model/keys.h"

namespace iem {
namespace {

// The given start of a block; null unless the scene gives one.
const Tensor* given_start(const Config& config, const std::string& block) {
  if (config.text("model.init") != "explicit") return nullptr;
  const Tensor& tensor = config.tensor("model." + block);
  return tensor.data.empty() ? nullptr : &tensor;
}

void require_start_shape(const Config& config, const char* block, std::vector<std::int64_t> shape,
                         const std::string& why) {
  const Tensor* tensor = given_start(config, block);
  if (!tensor || tensor->shape == shape) return;
  throw config.error(std::string("model.") + block, "has shape " + shape_text(tensor->shape) + ": must be " +
                                                        shape_text(shape) + ", as " + why + " says");
}

}  // namespace

void check_given_layer(const Config& config) {
  if (config.text("model.init") != "explicit") return;
  const Tensor* w = given_start(config, "W");
  if (!w) return;  // layer_options says so
  const std::int64_t k = config.integer("model.units");
  const std::string units = "model.units = " + std::to_string(k);
  require_start_shape(config, "W", {k, w->shape[1]}, units);
  require_start_shape(config, "b", {k}, units);
  if (!config.flag("model.readout")) return;
  const Tensor* readout = given_start(config, "W_2");
  if (!readout) return;
  require_start_shape(config, "W_2", {readout->shape[0], k}, units);
  require_start_shape(config, "b_2", {readout->shape[0]}, "model.W_2");
}

void check_given_weights(const Config& config, Eigen::Index inputs) {
  const Tensor* w = given_start(config, "W");
  if (!w && config.text("model.init") == "explicit")
    throw config.error("model.init", "init = \"explicit\" needs model.W (K x D)");
  if (w && w->shape[1] != inputs)
    throw config.error("model.W", "has " + std::to_string(w->shape[1]) +
                                      " columns: there must be one for each coordinate of the points, " +
                                      std::to_string(inputs));
}

bool layer_start_is_given(const Config& config) {
  return given_start(config, "W") != nullptr &&
         (!config.flag("model.readout") || given_start(config, "W_2") != nullptr);
}

Theta layer_start(const Config& config, const Layer& model, Random& random, const KeptNumber& kept) {
  const double scale = config.real("model.init_scale");
  Theta theta(model.layout().size());
  for (const Block& block : model.layout().blocks()) {
    const Tensor* start = given_start(config, block.name);
    const bool drawn = block.name.starts_with("W");
    for (Eigen::Index i = 0; i < block.rows; ++i)
      for (Eigen::Index j = 0; j < block.columns; ++j) {
        const double* old = kept ? kept(block, i, j) : nullptr;
        // The given value is used where the given start has this row and column; the model may have more by
        // now.
        const bool said = start && i < start->shape[0] && (start->shape.size() < 2 || j < start->shape[1]);
        const Eigen::Index width = start && start->shape.size() == 2 ? start->shape[1] : 1;
        theta[block.offset + i * block.columns + j] =
            old     ? *old
            : said  ? start->data[static_cast<std::size_t>(i * width + j)]
            : drawn ? scale * random.normal()
                    : 0;
      }
  }
  return theta;
}

}  // namespace iem
