#include "core/mixture/start.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/mixture/given_covariance.h"
#include "core/mixture/parameters.h"

namespace iem {
namespace {

Eigen::Vector2d point(const Dataset& data, Eigen::Index i) { return data.points.row(i).transpose(); }

std::vector<Eigen::Vector2d> uniform_in_box(const Dataset& data, int k, Random& random) {
  const Eigen::RowVector2d lo = data.points.colwise().minCoeff(), hi = data.points.colwise().maxCoeff();
  std::vector<Eigen::Vector2d> means;
  for (int j = 0; j < k; ++j) {
    const double x = random.uniform(lo[0], hi[0]);
    means.emplace_back(x, random.uniform(lo[1], hi[1]));
  }
  return means;
}

std::vector<Eigen::Vector2d> distinct_points(const Dataset& data, int k, Random& random) {
  std::vector<Eigen::Index> taken;
  while (static_cast<int>(taken.size()) < k) {
    const Eigen::Index i = random.below(data.size());
    if (std::find(taken.begin(), taken.end(), i) == taken.end()) taken.push_back(i);
  }
  std::vector<Eigen::Vector2d> means;
  for (Eigen::Index i : taken) means.push_back(point(data, i));
  return means;
}

// k-means++ (Arthur & Vassilvitskii 2007): each next mean is a point drawn with probability proportional to
// its squared distance to the nearest mean so far.
std::vector<Eigen::Vector2d> far_apart(const Dataset& data, int k, Random& random) {
  std::vector<Eigen::Vector2d> means = {point(data, random.below(data.size()))};
  Eigen::VectorXd nearest = Eigen::VectorXd::Constant(data.size(), std::numeric_limits<double>::infinity());
  while (static_cast<int>(means.size()) < k) {
    nearest = nearest.cwiseMin((data.points.rowwise() - means.back().transpose()).rowwise().squaredNorm());
    double target = random.uniform() * nearest.sum();
    Eigen::Index chosen = 0;
    nearest.maxCoeff(&chosen);  // if rounding leaves the target beyond the last point
    for (Eigen::Index i = 0; i < data.size(); ++i) {
      target -= nearest[i];
      if (target < 0) {
        chosen = i;
        break;
      }
    }
    if (nearest[chosen] == 0) chosen = random.below(data.size());  // fewer distinct points than prototypes
    means.push_back(point(data, chosen));
  }
  return means;
}

// As many rows as `by` says: "model.components = 3", "model.means".
void require_rows(const Config& config, const char* key, std::int64_t k, const std::string& by) {
  const Tensor& given = config.tensor(key);
  if (given.shape.empty() || given.shape[0] == k) return;
  std::vector<std::int64_t> shape = given.shape;
  shape[0] = k;
  throw config.error(key, "has shape " + shape_text(given.shape) + ": must be " + shape_text(shape) +
                              ", as " + by + " says");
}

void require_means(const Config& config) {
  if (config.tensor("model.means").data.empty())
    throw config.error("model.init", "init = \"explicit\" needs model.means (K x 2)");
}

// Whether all matrices are of the kind, up to rounding in the scene: 1e-8 of the variances.
bool of_kind(const std::vector<Sym2>& all, CovarianceKind kind) {
  return std::all_of(all.begin(), all.end(), [&](const Sym2& s) {
    const double unit = 1e-8 * std::sqrt(s.xx) * std::sqrt(s.yy);
    const auto near = [](double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; };
    switch (kind) {
      case CovarianceKind::spherical: return near(s.xy, 0, unit) && near(s.xx, s.yy, unit);
      case CovarianceKind::diag: return near(s.xy, 0, unit);
      case CovarianceKind::tied:
        return near(s.xx, all[0].xx, 1e-8 * s.xx) && near(s.xy, all[0].xy, unit) &&
               near(s.yy, all[0].yy, 1e-8 * s.yy);
      default: return true;
    }
  });
}

std::vector<Sym2> given_covariances(const Config& config, std::int64_t k) {
  const Tensor& given = config.tensor("model.covariances");
  std::vector<Sym2> out(static_cast<std::size_t>(k));
  if (given.data.empty()) return out;
  for (std::size_t j = 0; j < out.size(); ++j) {
    const GivenCovariance matrix = given_covariance(given.data.data() + 4 * j, j);
    if (!matrix.fault.empty())
      throw config.error("model.covariances",
                         "the matrix of component " + std::to_string(j + 1) + " " + matrix.fault);
    out[j] = matrix.matrix;
  }
  return out;
}

// As many as there are means, whatever K has become since they were given.
std::vector<MixtureComponent> given_components(const Config& config) {
  require_means(config);
  const Tensor& means = config.tensor("model.means");
  const std::int64_t k = means.shape[0];
  require_rows(config, "model.covariances", k, "model.means");
  require_rows(config, "model.weights", k, "model.means");
  const Tensor& weights = config.tensor("model.weights");
  const std::vector<Sym2> covariances = given_covariances(config, k);
  std::vector<MixtureComponent> out;
  for (std::size_t j = 0; j < static_cast<std::size_t>(k); ++j) {
    const double weight = weights.data.empty() ? 1 : weights.data[j];
    if (!(weight > 0)) throw config.error("model.weights", "weights must be greater than 0");
    out.push_back({means.data[2 * j], means.data[2 * j + 1], covariances[j], weight});
  }
  return out;
}

}  // namespace

Sym2 start_spread(const Dataset& data, int components, CovarianceKind kind) {
  const Eigen::RowVector2d mean = data.points.colwise().mean();
  const Eigen::MatrixXd centred = data.points.rowwise() - mean;
  Eigen::Vector2d variance = centred.colwise().squaredNorm().transpose() / static_cast<double>(data.size());
  for (int axis = 0; axis < 2; ++axis)
    if (!(variance[axis] > 0)) variance[axis] = 1;  // all points on a line along the other axis
  variance /= components;
  if (kind == CovarianceKind::spherical || kind == CovarianceKind::fixed)
    variance.setConstant(variance.mean());
  return {variance[0], 0, variance[1]};
}

void check_given_start(const Config& config) {
  const std::int64_t k = config.integer("model.components");
  check_given_start(config, k, "model.components = " + std::to_string(k));
}

void check_given_start(const Config& config, std::int64_t k, const std::string& by) {
  if (config.text("model.init") != "explicit") return;
  require_means(config);
  for (const char* key : {"model.means", "model.covariances", "model.weights"})
    require_rows(config, key, k, by);
  const auto kind = covariance_kind(config);
  if (!of_kind(given_covariances(config, k), kind))
    throw config.error("model.covariances", "the matrices are not " + config.text("model.covariance") +
                                                ", as model.covariance says");
}

const std::vector<std::string>& start_names() {
  static const std::vector<std::string> names = {"random", "from_data", "kmeans++", "explicit"};
  return names;
}

Theta start_theta(const Config& config, const Mixture& model, const Dataset& data, Random& random) {
  const std::string& init = config.text("model.init");
  if (init == "explicit") {
    const std::vector<MixtureComponent> given = given_components(config);
    for (std::size_t j = 0; j < given.size(); ++j)
      if (model.options().energy->on_circle && given[j].mu_x == 0 && given[j].mu_y == 0)
        throw config.error("model.means",
                           "mean " + std::to_string(j) + " is at the origin, where there is no direction");
    const auto k = static_cast<int>(given.size());
    if (k == model.components()) return model.pack(given);
    // K differs from the number of given components: treated as if a run that began with all of them had been
    // changed to K.
    MixtureOptions options = model.options();
    options.components = k;
    const Mixture as_given(std::move(options));
    Theta theta = as_given.pack(given);
    as_given.project(theta);
    return carry_over(theta, as_given, model, data, random);
  }
  const int k = model.components();
  std::vector<Eigen::Vector2d> means;
  if (init == "random") means = uniform_in_box(data, k, random);
  if (init == "from_data") means = distinct_points(data, k, random);
  if (init == "kmeans++") means = far_apart(data, k, random);
  IEM_CHECK(!means.empty());
  const Sym2 spread = start_spread(data, k, model.options().covariance);
  std::vector<MixtureComponent> components;
  for (const Eigen::Vector2d& mean : means) components.push_back({mean[0], mean[1], spread, 1.0});
  return model.pack(components);
}

Theta carry_over(const Theta& theta, const Mixture& from, const Mixture& to, const Dataset& data,
                 Random& random) {
  std::vector<MixtureComponent> components = from.unpack(theta);
  const auto k = static_cast<std::size_t>(to.components());
  if (components.size() > k) components.resize(k);
  while (components.size() < k) {
    const Eigen::Vector2d at = point(data, random.below(data.size()));
    // A new component gets the spread of a start and the average share of the old ones.
    const double share = 1.0 / static_cast<double>(from.components());
    components.push_back({at[0], at[1], start_spread(data, to.components(), to.options().covariance), share});
  }
  return to.pack(components);
}

}  // namespace iem
