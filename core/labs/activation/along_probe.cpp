#include "core/labs/activation/along_probe.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/energy/line_kernel.h"
#include "core/field/field.h"
#include "core/labs/activation/lab.h"
#include "core/labs/activation/model/hypotheses.h"
#include "core/labs/activation/model/keys.h"
#include "core/labs/mixture/figures/list.h"

namespace iem {
namespace {

// One component on the line: the energy kernel((z - place)/scale) + rest, and its value g (`says`).
struct OnLine {
  double place = 0, scale = 1, rest = 0, says = 0;
};

// (W n) and W (a - mu): u(z) = far + z step.
struct Ray {
  Eigen::Vector2d step, far;
};

Ray ray_of(const FieldComponent& c, const ProbeLine& line) {
  const Eigen::Vector2d n(line.nx, line.ny), foot = Eigen::Vector2d(line.x0, line.y0) - line.t0 * n;
  const Eigen::Vector2d off = foot - Eigen::Vector2d(c.mu_x, c.mu_y);
  return {{c.w00 * n[0], c.w10 * n[0] + c.w11 * n[1]}, {c.w00 * off[0], c.w10 * off[0] + c.w11 * off[1]}};
}

// rho^2(z) = (z - place)^2 / scale^2 + least.
OnLine parabola(const Ray& ray, double& least) {
  OnLine out;
  const double square = ray.step.squaredNorm();
  out.scale = 1 / std::sqrt(square);
  out.place = -ray.step.dot(ray.far) / square;
  // The distance across the line as a cross product, in which nothing cancels.
  const double across = ray.step[0] * ray.far[1] - ray.step[1] * ray.far[0];
  least = across * across / square;
  return out;
}

// The x > 0 at which the increasing function `rising` is 1, by bisection.
double where_it_is_one(const std::function<double(double)>& rising) {
  double low = 0, high = 1;
  while (rising(high) < 1 && high < 1e150) high *= 2;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = 0.5 * (low + high);
    (rising(middle) < 1 ? low : high) = middle;
  }
  return high;
}

// The least energy on the line, where it is, and how wide it is one unit above it.
OnLine fitted(const Ray& ray, const EnergyType& energy, const LineKernel& kernel,
              const std::vector<double>& shape) {
  const auto at = [&](double z) {
    const Eigen::Vector2d u = ray.far + z * ray.step;
    return energy.kernel(u[0], u[1], shape.data());
  };
  double unused = 0;
  const OnLine round = parabola(ray, unused);
  double low = round.place - 1e3 * round.scale, high = round.place + 1e3 * round.scale;
  for (int i = 0; i < 300; ++i) {  // the energy is convex along the line: ternary search
    const double a = low + (high - low) / 3, b = high - (high - low) / 3;
    (at(a) <= at(b) ? high : low) = at(a) <= at(b) ? b : a;
  }
  OnLine out;
  const double lowest = 0.5 * (low + high);
  out.rest = at(lowest);
  const double right = where_it_is_one([&](double x) { return at(lowest + x) - out.rest; }),
               left = where_it_is_one([&](double x) { return at(lowest - x) - out.rest; }),
               unit = where_it_is_one([&](double u) { return kernel.value(u, shape.data()); });
  out.place = lowest + 0.5 * (right - left);
  out.scale = 0.5 * (left + right) / unit;
  return out;
}

OnLine on_line(const FieldComponent& c, const ProbeLine& line, const FieldInput& field,
               const LineKernel& kernel) {
  const Ray ray = ray_of(c, line);
  OnLine out;
  double least = 0;
  if (kernel.id == "gaussian") {
    out = parabola(ray, least);
    out.rest = 0.5 * least;
  } else if (kernel.id == "student_t") {
    const double nu = field.shape[0];
    out = parabola(ray, least);
    out.scale *= std::sqrt(1 + least / nu);
    out.rest = 0.5 * (nu + 2) * libm::log1p(least / nu);
  } else {
    out = fitted(ray, *find_energy(field.energy), kernel, field.shape);
  }
  out.rest += c.offset;
  out.says = c.mu_x * line.nx + c.mu_y * line.ny;
  return out;
}

Tensor list_of(const std::vector<OnLine>& all, const std::function<double(const OnLine&)>& number) {
  Tensor out{{static_cast<std::int64_t>(all.size())}, {}};
  for (const OnLine& each : all) out.data.push_back(number(each));
  return out;
}

// The prior weights that make the energies on the line equal to those of the mixture, given the line's own
// normalisation.
Tensor weights_of(const std::vector<OnLine>& all, bool normalised) {
  constexpr double kSmallest = -690;  // a weight must stay positive
  Tensor out =
      list_of(all, [&](const OnLine& c) { return (normalised ? libm::log(c.scale) : 0.0) - c.rest; });
  const double most = *std::max_element(out.data.begin(), out.data.end());
  for (double& each : out.data) each = libm::exp(std::max(each - most, kSmallest));
  return out;
}

// Copies the keys that have the same name in both labs: the shapes of energies and the learning rate.
void copy_shared_keys(const Config& from, Config& to) {
  std::vector<std::string> keys = {"optimizer.learning_rate"};
  for (const Parameter& shape : line_kernel_parameters()) keys.push_back(shape.key);
  for (const std::string& key : keys)
    if (from.table().find(key) && from.is_set(key)) to.set(key, from.value(key));
}

// The largest difference of the two posterior means over samples of the line.
double largest_error(const Config& config, double tau, const FieldInput& field, const ProbeLine& line) {
  const LineModel model(line_options(config));
  const Hypotheses h = model.hypotheses(model.pack(model.options().start), tau);
  std::vector<double> r(field.components.size());
  double out = 0;
  constexpr int kSamples = 401;
  for (int i = 0; i < kSamples; ++i) {
    const double along = line.length * i / (kSamples - 1);
    field_responsibilities(field, line.x0 + along * line.nx, line.y0 + along * line.ny, r.data());
    double mean = 0;
    for (std::size_t j = 0; j < r.size(); ++j)
      mean += r[j] * (field.components[j].mu_x * line.nx + field.components[j].mu_y * line.ny);
    out = std::max(out, std::abs(posterior(h, line.t0 + along).mean - mean));
  }
  return out;
}

std::string along_probe_unavailable(const Snapshot& snapshot) {
  const Mixture& model = mixture_of(snapshot);
  if (model.components() < 2 || model.components() > kMostHypotheses)
    return "The line holds 2 to 16 prototypes.";
  if (!model.responsibilities_unavailable().empty()) return model.responsibilities_unavailable();
  if (model.responsibility() != Responsibility::softmax)
    return "On the line responsibilities are a softmax; choose that, and come back.";
  const LineKernel* kernel = find_line_kernel(model.options().energy->id);
  return kernel ? "" : "This energy has no form on the line.";
}

}  // namespace

AlongProbe along_probe(const Snapshot& snapshot, const View& view) {
  const ProbeLine line = probe_line(snapshot, view);
  const FieldInput field =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::responsibility);
  const LineKernel& kernel = *find_line_kernel(field.energy);
  std::vector<OnLine> all;
  for (const FieldComponent& c : field.components) all.push_back(on_line(c, line, field, kernel));

  const Scene& from = snapshot.setup->scene;
  const Lab& lab = activation_lab();
  AlongProbe out{{{}, {}, {}, {}, {}, Config(lab.id(), lab.parameters()), {}, &lab}, 0};
  Scene& scene = out.scene;
  scene.name = from.name + "_along_probe";
  scene.title = (from.title.empty() ? from.name : from.title) + ", along the probe line";
  Config& config = scene.config;
  config.set("data.source", std::string("none"));
  config.set("model.hypotheses", std::string("prototypes"));
  config.set("model.energy", field.energy);
  copy_shared_keys(snapshot.config(), config);
  // On the line the density of the t has another exponent, so there it is a curve without one.
  const bool student = kernel.id == "student_t";
  if (student) config.set("model.exponent", 0.5 * (field.shape[0] + 2));
  config.set("model.positions", list_of(all, [](const OnLine& c) { return c.place; }));
  config.set("model.values", list_of(all, [](const OnLine& c) { return c.says; }));
  const double scale = all.front().scale;
  const auto as_wide = [&](const OnLine& c) { return std::abs(c.scale / scale - 1) < 1e-14; };
  config.set("model.scale", scale);
  if (!std::ranges::all_of(all, as_wide))
    config.set("model.widths", list_of(all, [&](const OnLine& c) { return c.scale / scale; }));
  config.set("model.weights", weights_of(all, !student));
  config.set("model.temperature", snapshot.temperature);
  config.set("view.z", Tensor{{2}, {line.t0, line.t0 + line.length}});
  config.set("view.at", line.t0 + 0.5 * line.length);

  out.error = largest_error(config, snapshot.temperature, field, line);
  scene.description =
      "The mixture on its probe line: a prototype for each component, with its place, width and share there; "
      "what it says is its mean's place along the line. The points stay in the plane. Largest difference to "
      "the mixture's posterior mean: " +
      format_number(out.error, 2) + ".";
  return out;
}

const Bridge& along_probe_bridge() {
  static const Bridge bridge{
      .id = "along_probe",
      .label = "Derive the activation along the probe line",
      .word = "Derive",
      .help = "Open it in the activation lab, where the derivation can be taken apart",
      .from = "mixture",
      .only = "Only a mixture has a probe line.",
      .figure = "activation",
      .unavailable = along_probe_unavailable,
      .cross = [](const Snapshot& snapshot, const View& view) -> Bridge::Crossing {
        AlongProbe reading = along_probe(snapshot, view);
        return {.scene = std::move(reading.scene),
                .said = "Largest difference to the mixture's posterior mean on its probe line: " +
                        format_number(reading.error, 2),
                .exact = reading.error < 1e-9};
      }};
  return bridge;
}

}  // namespace iem
