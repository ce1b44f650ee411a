// Sequences: tokens x_0 .. x_{T-1} with a target or a label at each position.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/libm.h"
#include "core/data/label_noise.h"
#include "core/data/sources/sources.h"

namespace iem {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const RowMajor> matrix(const Tensor& tensor) {
  return {tensor.data.data(), static_cast<Eigen::Index>(tensor.shape[0]),
          static_cast<Eigen::Index>(tensor.shape[1])};
}

void require_rank(const Config& config, const char* key, std::size_t rank, const std::string& shape) {
  const Tensor& given = config.tensor(key);
  if (given.shape.size() != rank)
    throw config.error(key, "is of shape " + shape_text(given.shape) + ": must be of shape " + shape +
                                " for task \"" + config.text("data.task") + "\"");
}

void read_targets(const Config& config, Dataset& data) {
  const Tensor& targets = config.tensor("data.targets");
  if (targets.data.empty())
    throw InputError("data.targets is missing: source \"inline\" has its targets in the scene",
                     config.position_of_set({"data.source", "data.tokens", "data.task"}));
  if (config.text("data.task") == "regression") {
    require_rank(config, "data.targets", 2, "T x d_v");
    data.targets = matrix(targets);
    return;
  }
  require_rank(config, "data.targets", 1, "T");
  data.labels.resize(targets.shape[0]);
  for (Eigen::Index i = 0; i < data.labels.size(); ++i) {
    const double label = targets.data[static_cast<std::size_t>(i)];
    if (!label_of(label, data.labels[i]) || label < 0)
      throw config.error("data.targets",
                         "every label must be an integer from 0 to " + std::to_string(kLargestLabel));
  }
}

Dataset make_inline_sequence(const Config& config, const std::string&, Random&) {
  Dataset data;
  read_targets(config, data);
  const Eigen::Index count = config.tensor("data.targets").shape[0];
  if (count > kLongestSequence)
    throw config.error("data.targets", "is of " + std::to_string(count) +
                                           " positions: there may be at most " +
                                           std::to_string(kLongestSequence));
  data.title = "Own sequence";
  data.points.resize(count, 0);
  const Tensor& tokens = config.tensor("data.tokens");
  if (tokens.data.empty()) return data;
  if (tokens.shape[0] != count)
    throw config.error("data.tokens", "is of shape " + shape_text(tokens.shape) +
                                          ", and data.targets of shape " +
                                          shape_text(config.tensor("data.targets").shape) +
                                          ": there must be a target for each token");
  data.points = matrix(tokens);
  return data;
}

// Symbols on a circle; a step is the less likely the longer it is, and staying is favoured. As in the
// experiment published with Agarwal, Dalal & Misra (arXiv 2512.22473): there the bonus counts twice.
Eigen::MatrixXd sticky_transition(Eigen::Index n, double self_bonus) {
  Eigen::MatrixXd p(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      const Eigen::Index apart = std::abs(i - j);
      p(i, j) = i == j ? self_bonus : 1.0 / static_cast<double>(std::min(apart, n - apart));
    }
    p.row(i) /= p.row(i).sum();
    p.row(i) *= 1 - self_bonus;
    p(i, i) += self_bonus;
    p.row(i) /= p.row(i).sum();
  }
  return p;
}

int drawn(const Eigen::MatrixXd& p, int from, Random& random) {
  double left = random.uniform();
  for (int j = 0; j + 1 < p.cols(); ++j) {
    left -= p(from, j);
    if (left < 0) return j;
  }
  return static_cast<int>(p.cols()) - 1;
}

Dataset make_sticky(const Config& config, const std::string&, Random& random) {
  const Eigen::Index n = config.integer("data.symbols"), length = config.integer("data.length"),
                     width = config.integer("data.embedding");
  const double noise = config.real("data.noise");
  auto chain = std::make_shared<Chain>();
  chain->transition = sticky_transition(n, config.real("data.self_bonus"));
  for (const double p : chain->transition.reshaped())
    if (p > 0) chain->entropy -= p * libm::log(p) / static_cast<double>(n);
  RowMajor embedding(n, width);
  for (double& entry : embedding.reshaped<Eigen::RowMajor>()) entry = random.normal();
  Dataset data;
  data.points.resize(length, width);
  data.labels.resize(length);
  chain->symbols.resize(length);
  int symbol = static_cast<int>(random.below(n));
  for (Eigen::Index t = 0; t < length; ++t) {
    chain->symbols[t] = symbol;
    for (Eigen::Index d = 0; d < width; ++d)
      data.points(t, d) = embedding(symbol, d) + noise * random.normal();
    data.labels[t] = symbol = drawn(chain->transition, symbol, random);
  }
  data.chain = std::move(chain);
  return data;
}

// Clusters of tokens around a circle; the direction of the target turns with the cluster. Token i belongs to
// cluster i mod K.
Dataset make_roles(const Config& config, const std::string&, Random& random) {
  const Eigen::Index count = config.integer("data.count");
  const std::int64_t clusters = config.integer("data.clusters");
  const double noise = config.real("data.noise");
  Dataset data;
  data.points.resize(count, 2);
  data.targets.resize(count, 2);
  data.labels.resize(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const auto role = static_cast<double>(i % clusters);
    const double angle = 2 * std::numbers::pi * role / static_cast<double>(clusters);
    data.labels[i] = static_cast<int>(i % clusters);
    for (int d = 0; d < 2; ++d) {
      const double across = d == 0 ? libm::cos(angle) : libm::sin(angle);
      const double along = d == 0 ? -libm::sin(angle) : libm::cos(angle);
      data.points(i, d) = 2 * across + noise * random.normal();
      data.targets(i, d) = 1.5 * along;
    }
  }
  return data;
}

Parameter whole(std::string key, std::int64_t default_value, double min, double max, std::string label,
                std::string symbol, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.group = Group::data;
  p.kind = ParameterKind::integer;
  p.effect = Effect::data;
  p.label = std::move(label);
  p.symbol = std::move(symbol);
  p.help = std::move(help);
  p.default_value = default_value;
  p.min = min;
  p.max = max;
  return p;
}

std::vector<Parameter> sticky_parameters() {
  Parameter symbols =
      whole("data.symbols", 8, 2, kLargestLabel + 1, "Symbols", "n", "How many symbols stand on the circle.");
  symbols.slider_min = 2;
  symbols.slider_max = 16;
  Parameter length = whole("data.length", 2000, 1, static_cast<double>(kLongestSequence), "Length", "T",
                           "How many tokens there are.");
  length.slider_min = 10;
  length.slider_max = 4000;
  length.logarithmic = true;
  Parameter embedding = whole("data.embedding", 20, 1, 1000, "Embedding", "d_x", "Coordinates of a token.");
  embedding.slider_min = 1;
  embedding.slider_max = 40;
  Parameter bonus;
  bonus.key = "data.self_bonus";
  bonus.group = Group::data;
  bonus.effect = Effect::data;
  bonus.label = "Self bonus";
  bonus.help = "How much staying at a symbol is favoured.";
  bonus.default_value = 0.3;
  bonus.min = 0;
  bonus.max = 1;
  bonus.slider_max = 0.9;
  return {symbols, bonus, length, embedding};
}

std::vector<Parameter> inline_parameters() {
  Parameter tokens;
  tokens.key = "data.tokens";
  tokens.group = Group::data;
  tokens.kind = ParameterKind::tensor;
  tokens.effect = Effect::data;
  tokens.label = "Tokens";
  tokens.help = "The tokens that queries, keys and values are projected from, T x d_x.";
  tokens.default_value = Tensor{};
  tokens.shape = {-1, -1};
  tokens.in_panel = false;
  Parameter targets = tokens;
  targets.key = "data.targets";
  targets.label = "Targets";
  targets.help = "What is to be put out at each position: T x d_v numbers, or T labels counted from 0.";
  targets.shape = {};
  return {tokens, targets};
}

}  // namespace

DataSource inline_sequence_source() {
  return {.id = "inline",
          .label = "Own sequence",
          .help = "Tokens and targets written in the scene.",
          .keys = {"data.tokens", "data.targets"},
          .parameters = inline_parameters(),
          .dimension = kSequence,
          .make = make_inline_sequence,
          .is_given = true};
}

DataSource sticky_markov_source() {
  return {"sticky_markov",
          "Sticky Markov chain",
          "Noisy embeddings of symbols that follow a Markov chain; the next symbol is to be predicted.",
          {"data.symbols", "data.self_bonus", "data.length", "data.embedding", "data.noise"},
          sticky_parameters(),
          kSequence,
          make_sticky};
}

DataSource roles_source() {
  return {"roles",
          "Roles",
          "Clusters of tokens, each with another target.",
          {"data.count", "data.noise", "data.clusters"},
          {},
          kSequence,
          make_roles};
}

}  // namespace iem
