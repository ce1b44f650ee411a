#include "core/labs/attention/lab.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <string_view>

#include "core/labs/attention/figures/formulas.h"
#include "core/labs/attention/figures/handles.h"
#include "core/labs/attention/figures/inspection.h"
#include "core/labs/attention/figures/list.h"
#include "core/labs/attention/figures/phases.h"
#include "core/labs/attention/figures/retrieval.h"
#include "core/labs/attention/model/checks.h"
#include "core/labs/attention/model/detail.h"
#include "core/labs/attention/model/keys.h"
#include "core/labs/attention/model/metrics.h"
#include "core/labs/kit/rule_formula.h"
#include "core/optimize/optimizer.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

constexpr Eigen::Index kMostShapes = 8;  // keys that a reader can tell apart

const Attention& as_attention(const Model& model) { return static_cast<const Attention&>(model); }

class AttentionLab : public Lab {
 public:
  std::string id() const override { return "attention"; }
  std::string label() const override { return "Attention"; }

  const std::shared_ptr<const ParameterTable>& parameters() const override {
    static const auto table = parameter_table(attention_parameters(), attention_view_parameters());
    return table;
  }
  const std::vector<FigureType>& figures() const override { return attention_figures(); }
  std::span<const SymbolMark> symbol_marks() const override {
    static constexpr auto all = std::to_array<SymbolMark>({
        {"q", "stage", "query"},
        {"k", "", "key"},
        {"v", "stage", "value"},
        {"v", "value_law", "value"},
        {"\\alpha", "stage", "alpha"},
        {"\\alpha", "attention", "attention"},
        {"o", "stage", "output"},
        {"y", "stage", "target"},
        {"u", "stage", "error"},
        {"b", "stage", "usefulness"},
    });
    return all;
  }
  const std::vector<Metric>& metrics() const override { return attention_metrics(); }
  const std::vector<IdentityCheck>& checks() const override { return attention_checks(); }
  std::string lost_in_identity(const Snapshot& snapshot) const override {
    return attention_lost_in_identity(snapshot);
  }

  std::shared_ptr<const Model> make_model(const Config& config, const Dataset& data) const override {
    return std::make_shared<const Attention>(attention_options(config, data), data);
  }
  Theta initial_theta(const Config& config, const Model& model, const Dataset&, Random& init) const override {
    return attention_start(config, as_attention(model), init);
  }
  // A given start without a read-out still has a read-out that is drawn.
  bool start_is_given(const Config& config) const override {
    return Problem::start_is_given(config) &&
           (config.text("data.task") == "regression" || !config.tensor("model.W_O").data.empty());
  }
  Theta convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const override;
  std::vector<double> trail(const Model& model, const Theta& theta, const Evaluation&) const override;

  std::vector<std::string> dumps() const override {
    return {"attention",        "scores",   "score_gradient", "values",
            "responsibilities", "energies", "gradient",       "points"};
  }
  Dump dump(const std::string& id, const Snapshot& snapshot) const override;
  const std::vector<Handle>& handles() const override { return attention_handles(); }
  std::vector<Phase> phases(const Snapshot& snapshot, int point) const override {
    return attention_phases(snapshot, point);
  }
  NumberLine number_line(const Snapshot&, int, int) const override { return {}; }
  std::string formula(Group group, const Config& config) const override;
  Inspection inspect(const Snapshot& snapshot, const ElementId& element, int key) const override {
    const auto keys = static_cast<int>(attention_of(snapshot).keys());
    const bool of_score = element.kind == ElementId::Kind::score;
    const int query = element.kind == ElementId::Kind::point ? element.index : point_of(element, snapshot);
    if (query < 0 || query >= attention_of(snapshot).queries()) return {};
    return inspect_query(snapshot, query, of_score ? element.index % keys : key);
  }
  std::pair<std::string, std::string> point_names() const override { return {"query", "queries"}; }
  std::string loss_unit(const Config& config) const override {
    return config.text("data.task") == "regression" ? "" : "nats";
  }
  std::pair<std::string, std::string> half_names() const override { return {"Route", "Value"}; }
  int point_of(const ElementId& element, const Snapshot& snapshot) const override {
    if (element.kind == ElementId::Kind::query || element.kind == ElementId::Kind::token)
      return element.index;
    if (element.kind != ElementId::Kind::score) return -1;
    return element.index / static_cast<int>(attention_of(snapshot).keys());
  }
  IdentityText identity_text() const override {
    return {"\\frac{\\partial J}{\\partial s_{ij}}=\\frac{\\alpha_{ij}}{\\tau}(b_{ij}-\\mathrm{E}_i[b])",
            "\\max|\\partial J/\\partial s-\\alpha(b-\\mathrm{E}b)/\\tau|", "by complex step"};
  }
  IdentitySample identity_sample(const Run& run, Eigen::Index points) const override {
    return routing_sample(run, points);
  }
  std::shared_ptr<const LabDetail> detail(const Run& run) const override { return attention_detail(run); }
  std::vector<Diagnosis> diagnose(const Snapshot& snapshot) const override {
    return diagnose_divergence(snapshot);
  }
  std::vector<Reading> readings(Group group, const Snapshot& snapshot, const View& view) const override {
    return group == Group::model ? hopfield_readings(snapshot, view) : std::vector<Reading>();
  }
  std::vector<double> shares(const Snapshot&) const override { return {}; }
  // The attention weights of the shown query, where the keys are few enough to have shapes.
  StageShares stage_shares(const Snapshot& snapshot, int query) const override {
    if (query < 0 || attention_of(snapshot).keys() > kMostShapes) return {};
    const Eigen::VectorXd alpha = rows_of(snapshot, {query}).attention.row(0);
    return {{alpha.begin(), alpha.end()}, "", alpha.size() > 5 ? 2 : 3};
  }
};

// Entries that both models have keep their values; new rows, columns and blocks begin as in a new start.
Theta AttentionLab::convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const {
  const std::vector<Block>& old = from.model->layout().blocks();
  const auto kept = [&](const Block& block, Eigen::Index i, Eigen::Index j) -> const double* {
    const auto same = std::ranges::find(old, block.name, &Block::name);
    const bool there = same != old.end() && i < same->rows && j < same->columns;
    return there ? &theta[same->offset + i * same->columns + j] : nullptr;
  };
  return attention_start(to.config(), as_attention(*to.model), init, kept);
}

// Queries, then keys: what moves on a stage in the plane.
std::vector<double> AttentionLab::trail(const Model& model, const Theta& theta, const Evaluation&) const {
  constexpr Eigen::Index kMost = 64;  // more would cover each other
  const AttentionOptions& options = as_attention(model).options();
  if (!options.direct || options.key_width != 2 || model.layout().block("queries").rows > kMost) return {};
  std::vector<double> out;
  for (const char* name : {"queries", "keys"}) {
    const Block& block = model.layout().block(name);
    out.insert(out.end(), theta.begin() + block.offset, theta.begin() + block.offset + block.size());
  }
  return out;
}

// The tables that have a row a query and a column a key.
std::vector<TableColumn> key_columns(const std::string& id, int keys) {
  struct OfKeys {
    const char *id, *letter, *label, *unit;
  };
  static constexpr OfKeys kTables[] = {
      {"scores", "s", "score", "nats"},     {"energies", "d", "energy", "nats"},
      {"attention", "a", "attention", ""},  {"gradient", "g", "dJ/dd", ""},
      {"score_gradient", "g", "dJ/ds", ""}, {"responsibilities", "r", "responsibility", ""}};
  const OfKeys& table = *std::ranges::find_if(kTables, [&](const OfKeys& t) { return t.id == id; });
  return component_columns(table.letter, keys, table.label, table.unit, "key");
}

Eigen::MatrixXd of_queries(const std::string& id, const Snapshot& snapshot, Eigen::Index first,
                           Eigen::Index n) {
  std::vector<Eigen::Index> queries(static_cast<std::size_t>(n));
  std::iota(queries.begin(), queries.end(), first);
  AttentionRows rows = rows_of(snapshot, std::move(queries));
  if (id == "scores") return std::move(rows.scores);
  // d_ij = -s_ij: the energies whose log-sum-exp gives this softmax. dJ/dd = -dJ/ds.
  if (id == "energies") return -rows.scores;
  if (id == "gradient") return -rows.score_gradient;
  if (id == "score_gradient") return std::move(rows.score_gradient);
  return std::move(rows.attention);
}

Dump AttentionLab::dump(const std::string& id, const Snapshot& snapshot) const {
  const Attention& model = attention_of(snapshot);
  if (id == "points") {
    std::vector<std::string> names;
    for (int d = 0; d < snapshot.data().dimension(); ++d) names.push_back("x" + std::to_string(d));
    return {point_columns(snapshot.data(), names), snapshot.data().points};
  }
  if (id == "values") {
    Eigen::MatrixXd values = model.vectors(snapshot.state.theta, snapshot.data()).values;
    return {component_columns("v", static_cast<int>(values.cols()), "value", "", "coordinate"),
            std::move(values)};
  }
  return {key_columns(id, static_cast<int>(model.keys())), model.queries(),
          [id, &snapshot](Eigen::Index first, Eigen::Index n) { return of_queries(id, snapshot, first, n); }};
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
}

// The update formula for all blocks together, or one for each rate where blocks have their own.
std::string of_all_blocks(const Config& config) {
  std::string formula =
      with_decay(find_optimizer(config.text("optimizer.method"))->formula, config, "\\theta");
  if (config.is_set("optimizer.value_learning_rate") || config.is_set("optimizer.readout_learning_rate"))
    replace_all(formula, "\\eta", "\\eta_\\theta");
  return formula;
}

// The temperature as formulas show it. They leave out a constant 1; a decaying temperature is always shown.
double shown_temperature(const Config& config) {
  return config.real("schedule.temperature_decay") == 1 ? config.real("model.temperature") : 0;
}

std::string AttentionLab::formula(Group group, const Config& config) const {
  switch (group) {
    case Group::model:
      return "\\alpha_{ij}=" + attention_formula(shown_temperature(config)) +
             ",\\quad o_i=\\sum_j\\alpha_{ij}v_j";
    case Group::objective:
      return config.text("data.task") == "regression"
                 ? "J=\\frac{1}{T}\\sum_i\\frac{1}{2}\\|o_i-y_i\\|^2"
                 : "J=-\\frac{1}{T}\\sum_i\\log\\mathrm{softmax}(W_O^\\top o_i)_{y_i}";
    case Group::learning: return of_all_blocks(config);
    default: return "";
  }
}

}  // namespace

const Lab& attention_lab() {
  static const AttentionLab lab;
  return lab;
}

}  // namespace iem
