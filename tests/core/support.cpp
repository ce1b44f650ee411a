#include "tests/core/support.h"

#include "core/base/embedded.h"
#include "core/session/scene_file.h"

#include <bit>
#include <cmath>

namespace iem::testing {

Scene short_scene(const std::string& name) {
  Scene scene = load_scene(name);
  const Parameter* length = scene.config.table().find("data.length");
  if (length && scene.config.integer("data.length") > 200) scene.config.set("data.length", std::int64_t{200});
  return scene;
}

Scene mixture_scene(const std::string& toml) {
  const bool has_data = toml.find("[data]") != std::string::npos;
  const std::string data = has_data ? "" : "\n[data]\nsource = \"blobs\"\ncount = 200\nnoise = 0.6\n";
  return parse_scene("format = 1\nlab = \"mixture\"\n" + toml + data, "test.toml");
}

std::vector<std::string> scenes_of(const std::string& lab) {
  // Read off the text, and once: every test is a process, and each asks before it begins.
  static const std::map<std::string, std::vector<std::string>> all = [] {
    constexpr std::string_view kLab = "lab = \"";
    std::map<std::string, std::vector<std::string>> out;
    for (const std::string& name : builtin_scenes()) {
      const std::string_view text = embedded_text("scenes/" + name + ".toml");
      const std::size_t at = text.find(kLab) + kLab.size();
      out[std::string(text.substr(at, text.find('"', at) - at))].push_back(name);
    }
    return out;
  }();
  const auto found = all.find(lab);
  return found == all.end() ? std::vector<std::string>{} : found->second;
}

std::shared_ptr<ThreadPool> pool(int threads) { return std::make_shared<ThreadPool>(threads); }

const std::set<std::string>& rules_of_other_labs() {
  static const std::set<std::string> all = [] {
    const Run run(mixture_scene(""), pool());
    std::set<std::string> out;
    for (const OptimizerType& rule : optimizers())
      if (!rule.unavailable(*run.setup().model).empty()) out.insert(rule.id);
    return out;
  }();
  return all;
}

Dataset cloud(Eigen::Index n, std::uint64_t seed) {
  Random random(seed);
  Dataset data;
  data.points.resize(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto group = static_cast<double>(i % 3);
    data.points(i, 0) = 1.7 * group - 1.5 + 0.8 * random.normal();
    data.points(i, 1) = 1.2 * group * group - 1.3 * group + 0.6 * random.normal();
  }
  seal(data);
  return data;
}

std::vector<double> shape_of(const EnergyType& energy, double factor) {
  std::vector<double> shape;
  for (const Parameter& parameter : energy.parameters)
    shape.push_back(factor * std::get<double>(parameter.default_value));
  return shape;
}

std::string any_covariance(const EnergyType& energy) { return energy.on_circle ? "fixed" : "full"; }

long double reference_kernel(const EnergyType& energy, long double u0, long double u1,
                             const std::vector<double>& shape) {
  const long double rho2 = u0 * u0 + u1 * u1, p = shape.empty() ? 0 : shape[0];
  if (energy.id == "gaussian") return rho2 / 2;
  if (energy.id == "laplace") return std::fabs(u0) + std::fabs(u1);
  if (energy.id == "student_t") return (p + 2) / 2 * std::log1p(rho2 / p);
  if (energy.id == "huber") return rho2 <= p * p ? rho2 / 2 : p * (std::sqrt(rho2) - p / 2);
  if (energy.id == "pseudo_huber") return p * p * (std::sqrt(1 + rho2 / (p * p)) - 1);
  if (energy.id == "cosine") return p * rho2 / 2;
  return energy.kernel(static_cast<double>(u0), static_cast<double>(u1), shape.data());
}

std::vector<MixtureComponent> some_components(int k, CovarianceKind kind, std::uint64_t seed) {
  Random random(seed);
  std::vector<MixtureComponent> out;
  for (int j = 0; j < k; ++j) {
    MixtureComponent c;
    c.mu_x = random.uniform(-2, 2.5);
    c.mu_y = random.uniform(-1.5, 3);
    Sym2 s{random.uniform(0.5, 1.6), random.uniform(-0.4, 0.4), random.uniform(0.5, 1.6)};
    c.weight = random.uniform(0.5, 2);
    if (kind == CovarianceKind::spherical) s = {s.xx, 0, s.xx};
    if (kind == CovarianceKind::diag) s.xy = 0;
    if (kind == CovarianceKind::tied && j > 0) s = out[0].sigma;
    c.sigma = s;
    out.push_back(c);
  }
  double total = 0;
  for (const MixtureComponent& c : out) total += c.weight;
  for (MixtureComponent& c : out) c.weight /= total;
  return out;
}

Evaluation evaluate(const Mixture& model, const Theta& theta, double tau, const Dataset& data,
                    Wanted wanted) {
  ThreadPool alone(1);
  Evaluation out;
  model.evaluate(theta, tau, data, {}, wanted, alone, out);
  return out;
}

::testing::AssertionResult same_bits(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols())
    return ::testing::AssertionFailure() << "the shapes differ";
  for (Eigen::Index j = 0; j < a.cols(); ++j)
    for (Eigen::Index i = 0; i < a.rows(); ++i)
      if (std::bit_cast<std::uint64_t>(a(i, j)) != std::bit_cast<std::uint64_t>(b(i, j)))
        return ::testing::AssertionFailure()
               << "entry (" << i << ", " << j << "): " << a(i, j) << " against " << b(i, j);
  return ::testing::AssertionSuccess();
}

::testing::AssertionResult close(const Eigen::MatrixXd& value, const Eigen::MatrixXd& reference,
                                 double tolerance) {
  if (value.rows() != reference.rows() || value.cols() != reference.cols())
    return ::testing::AssertionFailure() << "the shapes differ";
  for (Eigen::Index j = 0; j < value.cols(); ++j)
    for (Eigen::Index i = 0; i < value.rows(); ++i) {
      const double limit = tolerance * std::max(1.0, std::abs(reference(i, j)));
      if (!(std::abs(value(i, j) - reference(i, j)) <= limit))  // so that NaN fails
        return ::testing::AssertionFailure()
               << "entry (" << i << ", " << j << "): " << value(i, j) << " against " << reference(i, j)
               << ", difference " << value(i, j) - reference(i, j);
    }
  return ::testing::AssertionSuccess();
}

const std::vector<CovarianceKind>& covariance_kinds() {
  static const std::vector<CovarianceKind> all = {CovarianceKind::fixed, CovarianceKind::spherical,
                                                  CovarianceKind::diag, CovarianceKind::tied,
                                                  CovarianceKind::full};
  return all;
}

}  // namespace iem::testing
