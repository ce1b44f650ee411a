#include "core/labs/attention/figures/phases.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/attention/figures/list.h"
#include "core/labs/kit/phases/phase_marks.h"

namespace iem {
namespace {

std::vector<double> list_of(const Eigen::MatrixXd& row) { return {row.data(), row.data() + row.size()}; }

// Lengths of bars for numbers that are not shares: the largest bar is as long as that of a share of 0.5.
std::vector<double> scaled_lengths(std::vector<double> values) {
  double most = 0;
  for (const double v : values)
    if (std::isfinite(v)) most = std::max(most, std::abs(v));
  for (double& v : values) v = most > 0 ? 0.5 * v / most : 0;
  return values;
}

// Writes the vector beside the query, on the side without a key.
void add_vector_words(Microscope& scope, const Eigen::Vector2d& query, double part) {
  constexpr double kBeside = 0.25, kHigh = 0.04;  // of the stage
  std::string words = "(";
  const std::vector<double>& values = scope.values();
  for (std::size_t i = 0; i < std::min<std::size_t>(values.size(), 2); ++i)
    words += (i > 0 ? ", " : "") + shown_number(values[i]);
  words += values.size() > 2 ? ", …)" : ")";
  const Panel& panel = scope.panel();
  const bool taken = std::ranges::any_of(scope.to(), [&](const Eigen::Vector2d& key) {
    const double x = (key[0] - query[0]) / (panel.x.hi - panel.x.lo),
                 y = (key[1] - query[1]) / (panel.y.hi - panel.y.lo);
    return x > 0 && x < kBeside && std::abs(y) < kHigh;
  });
  Text text{query[0], query[1], words, false, {Role::ink, 0, part}, taken ? -26.0 : 26.0, 4};
  text.anchor = taken ? Anchor::right : Anchor::left;
  text.plate = text.bold = true;
  scope.panel().marks.push_back(std::move(text));
}

Arrow piece_of(const std::string& series, std::size_t j, const Eigen::Vector2d& from,
               const Eigen::Vector2d& to) {
  Arrow out{series + " " + std::to_string(j + 1), from[0], from[1], to[0], to[1],
            {Role::line, static_cast<int>(j), 1}};
  out.width_px = 2.4;
  out.head_length_px = 6, out.head_width_px = 6;
  return out;
}

// Draws the terms alpha_j v_j one after the other, from the query to its output; where values have no place
// on the stage, arrows from every key to the query.
void show_reading(Microscope& scope, const AttentionPlaces& places, double part) {
  const std::vector<double>& alpha = scope.shares();
  Eigen::Vector2d at = places.origin;
  for (std::size_t j = 0; j < std::min(alpha.size(), places.keys.size()); ++j) {
    if (alpha[j] < 1e-3) continue;
    Arrow piece;
    if (places.values.empty()) {
      const Eigen::Vector2d way = places.query - places.keys[j];
      piece = piece_of("output", j, places.keys[j], places.keys[j] + 0.9 * part * way);
      piece.width_px = 1 + 7 * alpha[j];
    } else {
      const Eigen::Vector2d to = at + part * alpha[j] * places.values[j];
      piece = piece_of("output", j, at, to);
      at = to;
    }
    piece.value = alpha[j];
    scope.panel().marks.push_back(std::move(piece));
  }
  add_vector_words(scope, places.query, part);
}

const std::vector<double>& values_of_phase(const std::vector<Phase>& all, const char* id) {
  return std::ranges::find(all, id, &Phase::id)->values;
}

FormulaLine written_vector(const std::string& symbol, const std::vector<double>& values) {
  FormulaLine line = {symbol + "{=}("};
  for (std::size_t i = 0; i < std::min<std::size_t>(values.size(), 4); ++i) {
    if (i > 0) line.emplace_back(",\\;");
    line.emplace_back(values[i]);
  }
  line.emplace_back(values.size() > 4 ? ",\\;\\cdots)" : ")");
  return line;
}

void add_factor(FormulaLine& line, double value) {
  if (value < 0)
    line.insert(line.end(), {"(", value, ")"});
  else
    line.emplace_back(value);
}

// q . k over the root of the width, term by term where these are few.
FormulaLine written_score(const Eigen::RowVectorXd& q, const Eigen::RowVectorXd& k, std::size_t j, double s) {
  if (q.size() > 3 || !std::isfinite(s)) return {with_index("s", j), "{=}", s};
  FormulaLine line = {"("};
  for (Eigen::Index a = 0; a < q.size(); ++a) {
    if (a > 0) line.emplace_back("{+}");
    add_factor(line, q[a]);
    line.emplace_back("{\\cdot}");
    add_factor(line, k[a]);
  }
  line.insert(line.end(), {")/\\sqrt{" + std::to_string(q.size()) + "}", "{=}", s});
  return line;
}

FormulaLine written_change(double to, double from, double change) {
  return {to, from < 0 ? "{+}" : "{-}", std::abs(from), "{=}", change};
}

// The softmax as a quotient, where the exponentials and their sum are in a range that can be written.
FormulaLine written_softmax(double s, double tau, double sum, std::size_t j, double alpha) {
  const double weight = libm::exp(s / tau);
  if (!(sum > 1e-200 && sum < 1e200)) return {with_index("\\alpha", j), "{=}", alpha};
  return {weight, "/", sum, "{=}", alpha};
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& attention_phase_names() {
  static const std::vector<std::pair<std::string, std::string>> all = {
      {"scores", "scores"},        {"responsibilities", "softmax"}, {"output", "output"},
      {"error", "error"},          {"usefulness", "usefulness"},    {"score_step", "score step"},
      {"value_step", "value step"}};
  return all;
}

std::vector<Phase> attention_phases(const Snapshot& snapshot, int point) {
  const Attention& model = attention_of(snapshot);
  const AttentionRows now = rows_of(snapshot, {point});
  const AttentionVectors then = model.vectors(snapshot.next, snapshot.data());
  const AttentionVectors here = model.vectors(snapshot.state.theta, snapshot.data());
  const double root = std::sqrt(static_cast<double>(model.options().key_width));
  Phase scores{"scores", "scores", "s_{ij}", false, list_of(now.scores)},
      softmax{"responsibilities", "softmax", "\\alpha_{ij}", false, list_of(now.attention), false, true},
      output{"output", "output", "o_i", false, list_of(now.outputs), true},
      error{"error", "error", "u_i", false, list_of(now.errors), true},
      usefulness{"usefulness", "usefulness", "\\mathrm{E}_i[b]-b_{ij}", false, list_of(now.usefulness)},
      score_step{"score_step", "score step", "\\Delta s_{ij}", true, {}},
      value_step{"value_step", "value step", "\\|\\Delta v_j\\|", true, {}};
  double sum = 0, mean_b = 0;
  const Eigen::VectorXd b = here.values * now.errors.row(0).transpose();
  for (Eigen::Index j = 0; j < model.keys(); ++j) {
    sum += libm::exp(now.scores(0, j) / snapshot.temperature);
    mean_b += now.attention(0, j) * b[j];
  }
  for (Eigen::Index j = 0; j < model.keys(); ++j) {
    const auto at = static_cast<std::size_t>(j);
    const double s = then.queries.row(point).dot(then.keys.row(j)) / root;
    score_step.values.push_back(s - now.scores(0, j));
    value_step.values.push_back((then.values.row(j) - here.values.row(j)).norm());
    scores.written.push_back(written_score(here.queries.row(point), here.keys.row(j), at, now.scores(0, j)));
    softmax.written.push_back(
        written_softmax(now.scores(0, j), snapshot.temperature, sum, at, now.attention(0, j)));
    if (std::isfinite(now.scores(0, j)))
      usefulness.written.push_back(written_change(mean_b, b[j], now.usefulness(0, j)));
    else
      usefulness.written.push_back({with_index("\\mathrm{E}[b]-b", at), "{=}", now.usefulness(0, j)});
    score_step.written.push_back(written_change(s, now.scores(0, j), score_step.values.back()));
  }
  value_step.written = written_values("\\|\\Delta v_{#}\\|", value_step.values);
  output.written = {written_vector("o_{" + std::to_string(point + 1) + "}", output.values)};
  error.written = {written_vector("u_{" + std::to_string(point + 1) + "}", error.values)};
  scores.help = "Lines from the query to every key, with the score on each.";
  softmax.help = "The lines become bars, and the ring about the query fills.";
  output.help = "The values add up to what the query reads, each as much as it is attended to.";
  error.help = "How the loss changes with what is read.";
  usefulness.help =
      "Who would help: filled bars towards keys to attend to more, hollow ones away from the others.";
  score_step.help = "How the next step changes the scores: filled up, hollow down.";
  value_step.help = "The values walk to where the step takes them.";
  value_step.moves = true;
  return {scores, softmax, output, error, usefulness, score_step, value_step};
}

void add_attention_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                         const PhaseInView& phases, const AttentionPlaces& places) {
  if (!phases.on()) return;
  const std::vector<double> alpha =
      phases.point >= 0 ? values_of_phase(phases.all, "responsibilities") : std::vector<double>();
  PhaseInView drawn = phases;
  const auto show = [&](const char* id, std::function<void(Microscope&, double)> marks) {
    std::ranges::find(drawn.all, id, &Phase::id)->marks = std::move(marks);
  };
  const BarsAndRing none, looks{alpha, alpha};
  const BarsAndRing useful{scaled_lengths(values_of_phase(drawn.all, "usefulness")), alpha};
  const BarsAndRing steps{scaled_lengths(values_of_phase(drawn.all, "score_step")), alpha};
  show("scores", show_distances);
  show("responsibilities", [&](Microscope& scope, double part) { show_change(scope, none, looks, part); });
  show("output", [&](Microscope& scope, double part) {
    scope.ring(alpha, 1);
    show_reading(scope, places, part);
  });
  show("error", [&](Microscope& scope, double part) {
    scope.ring(alpha, 1);
    add_vector_words(scope, places.query, part);
  });
  show("usefulness", [&](Microscope& scope, double part) { show_change(scope, looks, useful, part); });
  show("score_step", [&](Microscope& scope, double part) {
    if (scope.point() >= 0) show_change(scope, useful, steps, part);
  });
  show("value_step", [&](Microscope& scope, double part) {
    if (places.values.empty())
      scope.numbers_beside(scope.values(), {}, part);
    else
      scope.walk(places.next_tips, part, false);
  });
  const bool of_tips = drawn.now().id == "value_step" && !places.values.empty();
  std::vector<Eigen::Vector2d> to = of_tips ? places.tips : places.keys;
  const std::vector<double>& scores = values_of_phase(drawn.all, "scores");
  for (std::size_t j = 0; j < to.size() && !of_tips && phases.point >= 0; ++j)
    if (!std::isfinite(scores[j]))  // a key that is masked has no place in what the query sees
      to[j] = Eigen::Vector2d::Constant(std::nan(""));
  Microscope(figure, panel, snapshot, view, drawn, places.query, std::move(to), alpha).draw();
}

}  // namespace iem
