#include "core/labs/attention/model/keys.h"

#include <algorithm>
#include <iterator>

#include "core/config/common_parameters.h"
#include "core/config/given_start.h"
#include "core/data/source.h"

namespace iem {
namespace {

// A block of parameters and the key that gives its start.
struct BlockKey {
  const char* name;
  const char* help;
  bool direct, projected, readout;
};
constexpr BlockKey kBlocks[] = {
    {"queries", "Initial queries, T x d_k.", true, false, false},
    {"keys", "Initial keys, T x d_k.", true, false, false},
    {"values", "Initial values, T x d_v.", true, false, false},
    {"W_Q", "Initial projection of tokens to queries, d_x x d_k.", false, true, false},
    {"W_K", "Initial projection of tokens to keys, d_x x d_k.", false, true, false},
    {"W_V", "Initial projection of tokens to values, d_x x d_v.", false, true, false},
    {"W_O", "Initial read-out of outputs to classes, d_v x classes.", true, true, true},
};

std::string key_of(const BlockKey& block) { return std::string("model.") + block.name; }

bool is_direct(const Config& config) { return config.text("model.parameters") == "direct"; }
bool classifies(const Config& config) { return config.text("data.task") != "regression"; }
bool has(const Config& config, const BlockKey& block) {
  return (is_direct(config) ? block.direct : block.projected) && (!block.readout || classifies(config));
}

const Value* blocks_of(const Config& config) {
  static const auto table = [] {
    std::vector<Value> all;
    for (const bool direct : {false, true})
      for (const bool readout : {false, true}) {
        std::vector<std::string> names;
        for (const BlockKey& block : kBlocks)
          if ((direct ? block.direct : block.projected) && (!block.readout || readout))
            names.emplace_back(block.name);
        all.emplace_back(names);
      }
    return all;
  }();
  return &table[(is_direct(config) ? 2U : 0U) + (classifies(config) ? 1U : 0U)];
}

Parameter width(const char* key, const char* label, const char* symbol, const char* help) {
  return {.key = key,
          .group = Group::model,
          .kind = ParameterKind::integer,
          .effect = Effect::structure,
          .label = label,
          .symbol = symbol,
          .help = help,
          .default_value = std::int64_t{2},
          .follows = true,
          .min = 1,
          .max = 1000,
          .slider_min = 1,
          .slider_max = 32};
}

Parameter parameters_parameter() {
  Parameter p{
      .key = "model.parameters",
      .group = Group::model,
      .kind = ParameterKind::choice,
      .effect = Effect::structure,
      .label = "Parameters",
      .help = "direct: queries, keys and values are free points; projected: they are images of tokens.",
      .default_value = std::string("direct"),
      .choices = {"direct", "projected"}};
  p.default_in = [](const Config& config) -> const Value* {
    static const Value projected = std::string("projected");
    const bool tokens = config.text("data.source") == "sticky_markov" || config.is_set("data.tokens");
    return tokens ? &projected : nullptr;
  };
  return p;
}

std::vector<Parameter> model_parameters() {
  Parameter key_width = width(
                "model.d_k", "Width of keys", "d_k",
                "Coordinates of queries and keys. Not given: as many as a given start has, else 2, or 10 "
                "where parameters are projected."),
            value_width =
                width("model.d_v", "Width of values", "d_v",
                      "Coordinates of values and outputs. Not given: as many as a given start or the targets "
                      "have; for labels 2, or 15 where parameters are projected.");
  Parameter learn{.key = "model.learn",
                  .group = Group::model,
                  .kind = ParameterKind::choices,
                  .label = "Learn",
                  .help = "Which parameters move; a frozen value or a frozen routing shows the other alone.",
                  .default_value = std::vector<std::string>{}};
  learn.default_in = blocks_of;
  for (const BlockKey& block : kBlocks) learn.choices.emplace_back(block.name);
  learn.choice_labels = learn.choices;
  for (const BlockKey& block : kBlocks)
    learn.choice_symbols.emplace_back(block.name[0] == 'W' ? block.name : "");
  Parameter temperature = temperature_parameter();
  temperature.help = "Divides the scores: low temperatures attend to one key, high ones to all.";
  temperature.slider_max = 5;
  Parameter causal{.key = "model.causal",
                   .group = Group::model,
                   .kind = ParameterKind::boolean,
                   .effect = Effect::objective,
                   .label = "Causal mask",
                   .help = "A query sees the keys up to its own position.",
                   .default_value = false};
  causal.default_in = [](const Config& config) -> const Value* {
    static const Value on = true;
    return config.text("data.task") == "sticky_markov" ? &on : nullptr;
  };
  return {parameters_parameter(), key_width, value_width, causal, temperature, learn};
}

std::vector<Parameter> start_parameters() {
  // An explicit start gives every block except perhaps the read-out, which is then drawn.
  const auto left_to_chance = [](const Config& config) {
    return classifies(config) && config.tensor("model.W_O").data.empty();
  };
  std::vector<Parameter> out = {
      drawn_start_parameter(),
      drawn_scale_parameter("Standard deviation of the numbers that a random start draws.", 0.1, 2,
                            left_to_chance, {})};
  for (const BlockKey& block : kBlocks) {
    std::vector<std::string> by = {"model.parameters"};
    if (block.readout) by.emplace_back("data.task");
    const auto lacking = [&block](const Config& config) {
      return has(config, block) ? std::string() : "These parameters have no " + std::string(block.name) + ".";
    };
    out.push_back(
        given_block_parameter(key_of(block), block.name, block.help, {-1, -1}, lacking, std::move(by)));
  }
  return out;
}

// view.*: those shared keys that this stage uses.
std::vector<Parameter> view_parameters() {
  std::vector<Parameter> out;
  for (Parameter& p : stage_parameters()) {
    if (p.key == "view.field" || p.key == "view.density" || p.key == "view.boundaries" ||
        p.key == "view.probe")
      continue;
    if (p.key == "view.pinned") {
      p.label = "Pinned query";
      p.help = "The number of the query whose attention is drawn; -1 for none.";
    }
    if (p.key == "view.trails") p.help = "The way each query and key has come.";
    if (p.key == "view.pull") p.help = "The pull on each value, magnified so that it can be seen.";
    out.push_back(std::move(p));
  }
  Parameter retrieval{.key = "view.retrieval",
                      .group = Group::view,
                      .kind = ParameterKind::boolean,
                      .effect = Effect::view,
                      .label = "Retrieval",
                      .help =
                          "The energy of the keys, and where the pinned query goes when it reads the keys "
                          "again and again.",
                      .default_value = false};
  retrieval.unavailable = [](const Config& config) -> std::string {
    return is_direct(config) ? "" : "Retrieval is drawn on a stage of free keys in the plane.";
  };
  retrieval.switched_by = {"model.parameters"};
  out.push_back(std::move(retrieval));
  return out;
}

// The given start of a block; null unless the scene gives one.
const Tensor* given(const Config& config, const char* name) {
  if (config.text("model.init") != "explicit") return nullptr;
  const Tensor& tensor = config.tensor(std::string("model.") + name);
  return tensor.data.empty() ? nullptr : &tensor;
}

// A width that is set, or else that of a given matrix, or else `otherwise`.
Eigen::Index chosen_width(const Config& config, const char* key, std::initializer_list<const char*> matrices,
                          Eigen::Index otherwise) {
  if (config.is_set(key)) return config.integer(key);
  for (const char* name : matrices)
    if (const Tensor* tensor = given(config, name)) return tensor->shape[1];
  return otherwise;
}

void require_shape(const Config& config, const char* name, Eigen::Index rows, Eigen::Index columns,
                   const std::string& why) {
  const Tensor* tensor = given(config, name);
  const std::vector<std::int64_t> shape = {rows, columns};
  if (!tensor || tensor->shape == shape) return;
  throw config.error(
      std::string("model.") + name,
      "is of shape " + shape_text(tensor->shape) + ": must be of shape " + shape_text(shape) + ", " + why);
}

Eigen::Index class_count(const Config& config, const Dataset& data) {
  const Eigen::Index seen = data.chain ? data.chain->transition.rows() : data.labels.maxCoeff() + 1;
  const Tensor* readout = given(config, "W_O");
  return readout ? std::max<Eigen::Index>(seen, readout->shape[1]) : seen;
}

void check_data(const Config& config, const Dataset& data) {
  const std::string& task = config.text("data.task");
  if ((task == "sticky_markov") != (data.chain != nullptr))
    throw config.error(config.is_set("data.task") ? "data.task" : "data.source",
                       "task \"sticky_markov\" and source \"sticky_markov\" go together");
  if (!is_direct(config) && data.points.cols() == 0)
    throw config.error("model.parameters", "projected parameters need data.tokens");
  if (is_direct(config) && config.is_set("data.tokens"))
    throw config.error("data.tokens", "direct parameters read no tokens; use parameters = \"projected\"");
}

void check_learn(const Config& config) {
  for (const std::string& name : config.list("model.learn")) {
    const auto block = std::ranges::find_if(kBlocks, [&](const BlockKey& b) { return name == b.name; });
    if (has(config, *block)) continue;
    std::string names;
    for (const std::string& own : std::get<std::vector<std::string>>(*blocks_of(config)))
      names += (names.empty() ? "" : ", ") + own;
    throw config.error("model.learn", "this model has no " + name + ": its parameters are " + names);
  }
}

// An empty list does not count as a start and is an error.
void check_given(const Config& config) {
  for (const BlockKey& block : kBlocks)
    if (config.is_set(key_of(block)) && config.tensor(key_of(block)).data.empty())
      throw config.error(key_of(block), "must hold numbers; leave the key out for a random start");
  const Tensor* keys = given(config, "keys");
  if (is_direct(config) && keys && keys->shape[0] > kLongestSequence)
    throw config.error("model.keys", "is of " + std::to_string(keys->shape[0]) +
                                         " keys: there may be at most " + std::to_string(kLongestSequence));
}

// An explicit start gives queries, keys and values, or what they are projected with; a read-out may be left
// out and then starts at random.
void check_explicit(const Config& config) {
  if (config.text("model.init") != "explicit") return;
  for (const BlockKey& block : kBlocks)
    if (has(config, block) && !block.readout && !config.is_set(key_of(block)))
      throw config.error("model.init", "init = \"explicit\" needs " + key_of(block));
}

void check_shapes(const Config& config, const AttentionOptions& o, const Dataset& data) {
  const std::string tokens = "as the tokens are " + std::to_string(data.size()) + " x " +
                             std::to_string(data.points.cols()) + ", d_k is " + std::to_string(o.key_width) +
                             " and d_v is " + std::to_string(o.value_width);
  const std::string points = "as there are " + std::to_string(data.size()) + " targets, " +
                             std::to_string(o.keys) + " keys, d_k is " + std::to_string(o.key_width) +
                             " and d_v is " + std::to_string(o.value_width);
  if (o.direct) {
    require_shape(config, "queries", data.size(), o.key_width, points);
    require_shape(config, "keys", o.keys, o.key_width, points);
    require_shape(config, "values", o.keys, o.value_width, points);
  } else {
    for (const char* name : {"W_Q", "W_K"})
      require_shape(config, name, data.points.cols(), o.key_width, tokens);
    require_shape(config, "W_V", data.points.cols(), o.value_width, tokens);
  }
  if (o.task == AttentionTask::classification)
    require_shape(config, "W_O", o.value_width, o.classes,
                  "as d_v is " + std::to_string(o.value_width) + " and there are " +
                      std::to_string(o.classes) + " classes");
  if (o.task == AttentionTask::regression && data.targets.cols() != o.value_width)
    throw config.error(config.is_set("model.d_v") ? "model.d_v" : "data.targets",
                       "targets are of shape " + std::to_string(data.targets.rows()) + " x " +
                           std::to_string(data.targets.cols()) + " and outputs of shape " +
                           std::to_string(data.size()) + " x " + std::to_string(o.value_width) +
                           ": d_v must be the width of the targets");
}

}  // namespace

std::vector<Parameter> attention_parameters() {
  std::vector<Parameter> all;
  const auto append = [&](std::vector<Parameter> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  };
  append(data_parameters(kSequence));
  append(seed_parameters());
  append(model_parameters());
  append(start_parameters());
  append(attention_learning_parameters());
  append(schedule_parameters());
  append(view_parameters());
  return all;
}

AttentionOptions attention_options(const Config& config, const Dataset& data) {
  check_data(config, data);
  check_learn(config);
  check_given(config);
  AttentionOptions o;
  o.direct = is_direct(config);
  o.task = classifies(config) ? AttentionTask::classification : AttentionTask::regression;
  o.causal = config.flag("model.causal");
  const Tensor* keys = given(config, "keys");
  o.keys = o.direct && keys ? keys->shape[0] : data.size();
  o.key_width = chosen_width(config, "model.d_k", {"queries", "keys", "W_Q", "W_K"}, o.direct ? 2 : 10);
  const Eigen::Index outputs = o.task == AttentionTask::regression ? data.targets.cols() : o.direct ? 2 : 15;
  o.value_width = chosen_width(config, "model.d_v", {"values", "W_V"}, outputs);
  if (o.task == AttentionTask::classification) o.classes = class_count(config, data);
  const auto& learn = config.list("model.learn");
  o.learn = {learn.begin(), learn.end()};
  if (o.causal && o.keys != data.size())
    throw config.error("model.causal", "a causal mask needs a key for each query: there are " +
                                           std::to_string(data.size()) + " queries and " +
                                           std::to_string(o.keys) + " keys");
  check_shapes(config, o, data);
  check_explicit(config);
  return o;
}

Theta attention_start(const Config& config, const Attention& model, Random& random, const KeptEntry& kept) {
  const double scale = config.real("model.init_scale");
  Theta theta(model.layout().size());
  for (const Block& block : model.layout().blocks()) {
    const Tensor* start = given(config, block.name.c_str());
    for (Eigen::Index e = 0; e < block.size(); ++e) {
      const double* old = kept ? kept(block, e / block.columns, e % block.columns) : nullptr;
      theta[block.offset + e] = old     ? *old
                                : start ? start->data[static_cast<std::size_t>(e)]
                                        : scale * random.normal();
    }
  }
  return theta;
}

}  // namespace iem
