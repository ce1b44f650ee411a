#include "core/labs/activation/model/keys.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/base/check.h"
#include "core/config/choice.h"
#include "core/config/common_parameters.h"
#include "core/data/source.h"
#include "core/figure/furniture.h"
#include "core/labs/activation/model/named_functions.h"
#include "core/labs/kit/figure_parts.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

using Reason = std::function<std::string(const Config&)>;

Reason only_for(std::vector<std::string> kinds, std::string otherwise) {
  return [kinds = std::move(kinds), otherwise = std::move(otherwise)](const Config& config) -> std::string {
    return std::ranges::find(kinds, config.text("model.hypotheses")) != kinds.end() ? "" : otherwise;
  };
}

const char* const kOnlySigns = "Only the hypotheses +1 and -1 have it.";
const char* const kOnlyPrototypes = "Only prototypes have it.";
const char* const kNotGates = "Gates have it not: z alone says whether they are open.";

// The default number of prototypes: as many as there are given positions.
const Value* given_count(const Config& config) {
  static const auto counts = [] {
    std::vector<Value> all;
    for (std::int64_t k = 0; k <= static_cast<std::int64_t>(kMostHypotheses); ++k) all.emplace_back(k);
    return all;
  }();
  const std::size_t given = config.tensor("model.positions").data.size();
  return given > 0 ? &counts[given] : nullptr;
}

std::vector<Parameter> hypothesis_parameters() {
  Parameter positions{.key = "model.positions",
                      .group = Group::hypotheses,
                      .kind = ParameterKind::tensor,
                      .label = "Positions",
                      .symbol = "\\mu_h",
                      .help = "Where the prototypes begin, 2 to 16 numbers.",
                      .default_value = Tensor{},
                      .shape = {-1},
                      .in_panel = false};
  positions.state = "positions";
  positions.unavailable = only_for({"prototypes"}, kOnlyPrototypes);
  positions.switched_by = {"model.hypotheses"};
  positions.misfit = [](const Value& value) -> std::string {
    const std::size_t k = std::get<Tensor>(value).data.size();
    return k == 0 || (k >= 2 && k <= kMostHypotheses) ? "" : "must be 2 to 16 numbers";
  };
  Parameter weights = positions;
  weights.key = "model.weights";
  weights.label = "Weights";
  weights.symbol = "\\pi_h";
  weights.help = "Priors of the prototypes, positive numbers; normalised.";
  weights.state = "prior";
  weights.min = 0;
  weights.min_open = true;

  Parameter widths = weights;
  widths.key = "model.widths";
  widths.label = "Widths";
  widths.symbol = "\\sigma_h/\\sigma";
  widths.help = "How wide each prototype is relative to the scale; all 1 unless given. They are not learned.";
  widths.state.clear();
  widths.effect = Effect::structure;
  Parameter values = positions;
  values.key = "model.values";
  values.label = "Values";
  values.symbol = "g(h)";
  values.help = "What each prototype says: the statistic is of these numbers. Its position unless given.";
  values.state.clear();
  values.effect = Effect::structure;

  Parameter kind{.key = "model.hypotheses",
                 .group = Group::hypotheses,
                 .kind = ParameterKind::choice,
                 .effect = Effect::structure,
                 .label = "Hypotheses",
                 .help = "What may be true about z: a sign, an open gate, or one of several places.",
                 .default_value = std::string("sign"),
                 .choices = hypothesis_names()};
  kind.segments = true;
  Parameter m{.key = "model.m",
              .group = Group::hypotheses,
              .label = "Separation",
              .symbol = "m",
              .help = "Under the hypothesis +1 z lies around m, under -1 around -m.",
              .default_value = 1.0,
              .slider_min = 0,
              .slider_max = 4,
              .unavailable = only_for({"sign"}, kOnlySigns),
              .switched_by = {"model.hypotheses"}};
  m.state = "m";
  Parameter prior{.key = "model.prior",
                  .group = Group::hypotheses,
                  .label = "Prior of +1",
                  .symbol = "\\pi_+",
                  .help = "How probable +1 is before z is seen.",
                  .default_value = 0.5,
                  .min = 0,
                  .max = 1,
                  .min_open = true,
                  .max_open = true,
                  .slider_min = 0.01,
                  .slider_max = 0.99,
                  .unavailable = only_for({"sign"}, kOnlySigns),
                  .switched_by = {"model.hypotheses"}};
  prior.state = "prior";
  Parameter count{.key = "model.components",
                  .group = Group::hypotheses,
                  .kind = ParameterKind::integer,
                  .effect = Effect::structure,
                  .label = "Prototypes",
                  .symbol = "K",
                  .help = "Number of places on the line.",
                  .default_value = std::int64_t{3},
                  .min = 2,
                  .max = kMostHypotheses,
                  .slider_min = 2,
                  .slider_max = kMostHypotheses};
  count.default_in = given_count;
  count.unavailable = only_for({"prototypes"}, kOnlyPrototypes);
  count.switched_by = {"model.hypotheses"};
  return {kind, m, prior, count, positions, weights, widths, values};
}

// The default energy of gates; a value that is set is never replaced.
const Value* gate_energy(const Config& config) {
  static const Value logistic = std::string("logistic");
  return config.text("model.hypotheses") == "gate" ? &logistic : nullptr;
}

std::vector<Parameter> energy_keys() {
  Parameter kernel{.key = "model.energy",
                   .group = Group::energy,
                   .kind = ParameterKind::choice,
                   .effect = Effect::objective,
                   .label = "Kernel",
                   .help = "How fast a hypothesis loses credit with the distance of z from its place.",
                   .default_value = std::string("gaussian"),
                   .default_in = gate_energy};
  for (const LineKernel* each : line_kernels()) {
    kernel.choices.push_back(each->id);
    kernel.choice_labels.push_back(each->label);
  }
  Parameter scale{.key = "model.scale",
                  .group = Group::energy,
                  .label = "Scale",
                  .symbol = "\\sigma",
                  .help = "The width of each hypothesis.",
                  .default_value = 1.0,
                  .min = 0,
                  .min_open = true,
                  .slider_min = 0.1,
                  .slider_max = 5,
                  .logarithmic = true,
                  .unavailable = only_for({"sign", "prototypes"}, kNotGates),
                  .switched_by = {"model.hypotheses"}};
  scale.state = "scale";
  std::vector<Parameter> out = {kernel, scale};
  for (Parameter parameter : line_kernel_parameters()) {
    parameter.group = Group::energy;
    out.push_back(std::move(parameter));
  }
  out.push_back(temperature_parameter());
  out.back().group = Group::energy;
  out.back().help = "Divides every difference of energies: small decides hard, large hardly decides.";
  out.push_back(
      {.key = "model.volume_term",
       .group = Group::energy,
       .kind = ParameterKind::boolean,
       .effect = Effect::objective,
       .label = "Volume term",
       .symbol = "\\log\\sigma",
       .help = "The price of being wide. Without it a learned scale collapses; the activation is the same.",
       .default_value = true,
       .advanced = true,
       .unavailable = only_for({"sign", "prototypes"}, kNotGates),
       .switched_by = {"model.hypotheses"}});
  also_unless(out.back(), where_there_is_a_density, keys_of_a_density());
  return out;
}

Parameter statistic() {
  Parameter out{.key = "model.statistic",
                .group = Group::statistic,
                .kind = ParameterKind::choice,
                .label = "Statistic",
                .help = "What is asked of the posterior: the answer, as a function of z, is the activation.",
                .default_value = std::string("mean"),
                .choices = statistic_names()};
  out.segments = true;
  return out;
}

std::vector<Parameter> view_keys() {
  const auto shown = [](const char* key, ParameterKind kind, Value default_value, const char* label,
                        const char* help) {
    return Parameter{.key = key,
                     .group = Group::view,
                     .kind = kind,
                     .effect = Effect::view,
                     .label = label,
                     .help = help,
                     .default_value = std::move(default_value)};
  };
  Parameter overlay =
      shown("view.overlay", ParameterKind::choice, std::string("off"), "Overlay",
            "A named function beside the derived one, or the same with every kernel: family.");
  overlay.group = Group::compare;
  overlay.choices = overlay.choice_labels = {"off"};
  for (const NamedFunction& function : named_functions()) {
    overlay.choices.push_back(function.id);
    overlay.choice_labels.push_back(function.label);
  }
  overlay.choices.emplace_back("family");
  overlay.choice_labels.emplace_back("all kernels");
  Parameter range =
      shown("view.z", ParameterKind::tensor, Tensor{{2}, {-6, 6}}, "Range of z", "Both ends of the line.");
  range.shape = {2};
  range.in_panel = false;
  range.misfit = range_misfit;
  Parameter samples = shown("view.samples", ParameterKind::integer, std::int64_t{601}, "Samples",
                            "At how many places of the range the curves are computed.");
  samples.min = 2;
  samples.max = 1e6;
  samples.in_panel = false;
  Parameter at = shown("view.at", ParameterKind::real, 0.6, "Probe",
                       "Where the numbers are plugged in; the mouse moves it.");
  at.symbol = "z";
  at.in_panel = false;
  Parameter slope =
      shown("view.slope", ParameterKind::boolean, true, "Derivative", "The curve's slope beside it.");
  Parameter bars =
      shown("view.histogram", ParameterKind::boolean, true, "Histogram", "The data behind the hypotheses.");
  return {overlay, slope, bars, range, samples, at, notation_parameter()};
}

// The numbers given for prototypes under `key`, the first `count` if there are more.
std::vector<double> numbers_of_prototypes(const Config& config, const char* key, int count) {
  std::vector<double> out = config.tensor(key).data;
  if (out.size() > static_cast<std::size_t>(count)) out.resize(static_cast<std::size_t>(count));
  return out;
}

// The given weights of the first prototypes; each further one gets their average.
std::vector<double> given_prior(const Config& config, int count) {
  std::vector<double> out = numbers_of_prototypes(config, "model.weights", count);
  double total = 0;
  for (const double weight : out) total += weight;
  out.resize(static_cast<std::size_t>(count), out.empty() ? 1.0 : total / static_cast<double>(out.size()));
  return out;
}

LineNatural start_of(const Config& config, HypothesisKind kind, int count) {
  LineNatural start;
  start.scale = config.real("model.scale");
  if (kind != HypothesisKind::prototypes) {
    start.places = {config.real("model.m")};
    start.prior = {config.real("model.prior")};
    return start;
  }
  constexpr double kReach = 3;  // evenly over [-3, 3] unless given
  start.places = numbers_of_prototypes(config, "model.positions", count);
  for (int j = static_cast<int>(start.places.size()); j < count; ++j)
    start.places.push_back(kReach * (2.0 * j / (count - 1) - 1));
  start.prior = given_prior(config, count);
  return start;
}

}  // namespace

std::vector<Parameter> activation_parameters() {
  std::vector<Parameter> all;
  const auto append = [&](std::vector<Parameter> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  };
  append(hypothesis_parameters());
  append(energy_keys());
  append({statistic()});
  append(data_parameters(1));
  append(seed_parameters());
  append(activation_learning_parameters());
  append(schedule_parameters());
  append(view_keys());
  append(paper_parameters());
  append(reduced_view_parameters());
  return all;
}

LineOptions line_options(const Config& config) {
  LineOptions out;
  out.kind = choice_of<HypothesisKind>(config, "model.hypotheses", hypothesis_names());
  const std::string& energy = config.text("model.energy");
  out.kernel = find_line_kernel(energy);
  IEM_CHECK(out.kernel != nullptr);
  if (out.kind == HypothesisKind::gate) {
    if (energy != "logistic" && energy != "gaussian")
      throw config.error("model.energy", "gates have logistic or gaussian noise; choose one of the two");
    if (energy == "logistic") out.kernel = nullptr;
    out.start = start_of(config, out.kind, 2);
    return out;
  }
  out.shape = out.kernel->shape(config);
  out.volume_term = config.flag("model.volume_term");
  if (out.kind == HypothesisKind::prototypes) {
    out.count = static_cast<int>(config.integer("model.components"));
    out.widths = numbers_of_prototypes(config, "model.widths", out.count);
    out.values = numbers_of_prototypes(config, "model.values", out.count);
  }
  const auto& learn = config.list("model.learn");
  const auto learns = [&](const char* block) { return std::ranges::find(learn, block) != learn.end(); };
  out.learn_places = learns(out.kind == HypothesisKind::sign ? "m" : "positions");
  out.learn_scale = learns("scale");
  out.learn_prior = learns("prior");
  if (!learn.empty() && !out.learn_places && !out.learn_scale && !out.learn_prior)
    throw config.error("model.learn",
                       std::string("nothing of it is there: ") +
                           (out.kind == HypothesisKind::sign ? "signs have m, scale and prior"
                                                             : "prototypes have positions, scale and prior"));
  out.start = start_of(config, out.kind, out.count);
  return out;
}

void check_given_prototypes(const Config& config) {
  if (config.text("model.hypotheses") != "prototypes") return;
  const auto count = static_cast<std::size_t>(config.integer("model.components"));
  const std::size_t given = config.tensor("model.positions").data.size();
  if (given > 0 && given != count)
    throw config.error("model.positions", "has " + std::to_string(given) +
                                              " numbers: model.components says " + std::to_string(count));
  for (const char* key : {"model.weights", "model.widths", "model.values"})
    if (const std::size_t numbers = config.tensor(key).data.size(); numbers > 0 && numbers != count)
      throw config.error(
          key, "has " + std::to_string(numbers) + " numbers for " + std::to_string(count) + " prototypes");
}

LineNatural carried_over(const LineNatural& old, LineNatural out, const Dataset& data, Random& init) {
  const std::size_t kept = std::min(old.places.size(), out.places.size());
  const double share = 1.0 / static_cast<double>(old.places.size());
  out.scale = old.scale;
  for (std::size_t j = 0; j < out.places.size(); ++j) {
    if (j >= kept && data.size() > 0) out.places[j] = data.points(init.below(data.size()), 0);
    if (j < kept) out.places[j] = old.places[j];
    out.prior[j] = j < kept ? old.prior[j] : share;
  }
  return out;
}

LineNatural line_start(const Config& config, const LineModel& model, const Dataset& data, Random& init) {
  LineOptions options = model.options();
  const auto given = static_cast<int>(config.tensor("model.positions").data.size());
  if (options.kind != HypothesisKind::prototypes || given == 0 || given == options.count)
    return options.start;
  // K differs from the number of given prototypes: treated as if a run that began with all of them had been
  // changed to K.
  options.count = given;
  options.widths = options.values = {};
  const LineModel as_given(std::move(options));
  const Theta theta = as_given.pack(start_of(config, HypothesisKind::prototypes, given));
  return carried_over(as_given.unpack(theta), model.options().start, data, init);
}

Statistic statistic_of(const Config& config) {
  return choice_of<Statistic>(config, "model.statistic", statistic_names());
}

std::vector<double> sampled_z(const Config& view) {
  const std::vector<double>& ends = view.tensor("view.z").data;
  const auto count = static_cast<std::size_t>(view.integer("view.samples"));
  const double step = (ends[1] - ends[0]) / static_cast<double>(count - 1);
  std::vector<double> z(count);
  for (std::size_t i = 0; i < count; ++i) z[i] = ends[0] + static_cast<double>(i) * step;
  z.back() = ends[1];
  return z;
}

}  // namespace iem
