// The mixture's parameters in the shapes users know: means K x 2, covariances K x 2 x 2, weights K.
#include <cmath>

#include "core/base/error.h"
#include "core/mixture/given_covariance.h"
#include "core/mixture/mixture.h"

namespace iem {
namespace {

void require_shape(const NamedTensor& given, const std::vector<std::int64_t>& shape) {
  if (given.tensor.shape != shape)
    throw InputError("state." + given.name + " has shape " + shape_text(given.tensor.shape) + ": must be " +
                     shape_text(shape));
}

}  // namespace

std::vector<NamedTensor> Mixture::natural(const Theta& theta) const {
  const std::int64_t k = options_.components;
  NamedTensor means{"means", {{k, 2}, {}}}, covariances{"covariances", {{k, 2, 2}, {}}},
      weights{"weights", {{k}, {}}};
  for (const MixtureComponent& c : unpack(theta)) {
    means.tensor.data.insert(means.tensor.data.end(), {c.mu_x, c.mu_y});
    covariances.tensor.data.insert(covariances.tensor.data.end(),
                                   {c.sigma.xx, c.sigma.xy, c.sigma.xy, c.sigma.yy});
    weights.tensor.data.push_back(c.weight);
  }
  return {means, covariances, weights};
}

// A matrix of factors this moderate can neither overflow nor lose its inverse, and shares are always finite.
bool Mixture::natural_is_tame(const Theta& theta) const {
  constexpr double kModerate = 100;  // e^400 is a double
  const Block& block = layout_.blocks()[1];
  return theta.allFinite() && (theta.segment(block.offset, block.size()).array().abs() < kModerate).all();
}

Theta Mixture::from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const {
  const std::int64_t k = options_.components;
  std::vector<MixtureComponent> components = unpack(theta);
  Theta out = theta;
  for (const NamedTensor& given : natural) {
    const std::vector<double>& v = given.tensor.data;
    if (given.name == "means") {
      require_shape(given, {k, 2});
      // Means are written straight into theta, so that a dragged prototype keeps its covariance to the last
      // bit.
      for (std::size_t i = 0; i < v.size(); ++i)
        out[layout_.blocks()[0].offset + static_cast<Eigen::Index>(i)] = v[i];
    } else if (given.name == "covariances") {
      require_shape(given, {k, 2, 2});
      // Matrices that are given unchanged keep their factors to the last bit.
      std::vector<bool> kept(components.size());
      for (std::size_t j = 0; j < components.size(); ++j) {
        const Sym2 was = components[j].sigma;
        const GivenCovariance matrix = given_covariance(v.data() + 4 * j, j);
        if (!matrix.fault.empty())
          throw InputError("state.covariances[" + std::to_string(j) + "] " + matrix.fault);
        const Sym2& now = components[j].sigma = matrix.matrix;
        kept[j] = was.xx == now.xx && was.xy == now.xy && was.yy == now.yy;
      }
      const Block& block = layout_.blocks()[1];
      const Theta packed = pack(components);
      for (std::size_t j = 0; j < components.size(); ++j) {
        const Eigen::Index row = block.rows == 1 ? 0 : static_cast<Eigen::Index>(j);
        const Eigen::Index at = block.offset + row * block.columns;
        if (!kept[j]) out.segment(at, block.columns) = packed.segment(at, block.columns);
      }
    } else if (given.name == "weights") {
      require_shape(given, {k});
      for (std::size_t j = 0; j < components.size(); ++j) {
        components[j].weight = v[j];
        if (!(v[j] > 0)) throw InputError("state.weights[" + std::to_string(j) + "] must be greater than 0");
      }
      const Block& block = layout_.blocks()[2];
      out.segment(block.offset, block.size()) = pack(components).segment(block.offset, block.size());
    } else {
      throw InputError("state." + given.name + " is not a block of this model: means, covariances, weights");
    }
  }
  const Theta means = out.head(layout_.blocks()[0].size());
  for (Eigen::Index j = 0; options_.energy->on_circle && j < options_.components; ++j)
    if (means.segment<2>(2 * j).isZero(0))
      throw InputError("state.means[" + std::to_string(j) +
                       "] is at the origin, where there is no direction");
  if (!out.allFinite()) throw InputError("the state must stay finite");
  return out;
}

}  // namespace iem
