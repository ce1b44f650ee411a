#include "core/labs/attention/figures/inspection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/libm.h"
#include "core/labs/attention/figures/list.h"

namespace iem {
namespace {

constexpr Eigen::Index kMostRows = 12;  // keys with a row each

using Pieces = std::vector<FormulaPiece>;

std::string at(const std::string& symbol, Eigen::Index i) {
  return symbol + "_{" + std::to_string(i + 1) + "}";
}
std::string at(const std::string& symbol, Eigen::Index i, Eigen::Index j) {
  return symbol + "_{" + std::to_string(i + 1) + "," + std::to_string(j + 1) + "}";
}

// The line "o_1 = (0.3, 0.5)"; of longer vectors the first two numbers.
Pieces vector_line(const std::string& left, const Eigen::RowVectorXd& v) {
  Pieces line = {left + "{=}("};
  for (Eigen::Index i = 0; i < std::min<Eigen::Index>(v.size(), 2); ++i) {
    if (i > 0) line.emplace_back(",\\;");
    line.emplace_back(v[i]);
  }
  line.emplace_back(v.size() > 2 ? ",\\ldots)" : ")");
  return line;
}

// Splits "a{=}b" into three pieces, so that the equals sign is a piece of its own.
Pieces relations_apart(const Pieces& line) {
  Pieces out;
  for (const FormulaPiece& piece : line) {
    std::string rest = piece.tex;
    for (std::size_t at = 0;
         !piece.is_number && rest.size() > 3 && (at = rest.find("{=}")) != std::string::npos;) {
      if (at > 0) out.emplace_back(rest.substr(0, at));
      out.emplace_back("{=}");
      rest.erase(0, at + 3);
    }
    if (piece.is_number)
      out.push_back(piece);
    else if (!rest.empty())
      out.emplace_back(rest);
  }
  return out;
}

std::vector<double> list(const Eigen::RowVectorXd& row) { return {row.begin(), row.end()}; }

// Query i and the keys that it sees, of which j is written out.
struct QueryNumbers {
  const Snapshot& snapshot;
  const Attention& model;
  AttentionVectors now;
  AttentionRows rows;  // of the query alone
  Eigen::Index i = 0, j = 0;
  double root = 1, tau = 1;                     // of d_k, temperature
  Eigen::RowVectorXd s, alpha, b, gain, slope;  // one a key
  Eigen::RowVectorXd u;                         // its error
};

QueryNumbers query_numbers(const Snapshot& snapshot, int query, int key) {
  const Attention& model = attention_of(snapshot);
  QueryNumbers out{snapshot, model, model.vectors(snapshot.state.theta, snapshot.data()),
                   rows_of(snapshot, {query})};
  const Eigen::Index seen = model.visible(query);
  out.i = query;
  out.root = std::sqrt(static_cast<double>(model.options().key_width));
  out.tau = snapshot.temperature;
  out.s = out.rows.scores.row(0).head(seen);
  out.alpha = out.rows.attention.row(0).head(seen);
  out.gain = out.rows.usefulness.row(0).head(seen);
  out.slope = out.rows.score_gradient.row(0).head(seen);
  out.u = out.rows.errors.row(0);
  out.b = out.u * out.now.values.topRows(seen).transpose();
  out.j = key;
  if (key < 0 || key >= seen) out.alpha.maxCoeff(&out.j);
  return out;
}

std::vector<Inspection::Column> key_table(const QueryNumbers& n) {
  if (n.s.size() > kMostRows) return {};
  return {{"s_{ij}", "The score.", list(n.s)},
          {"\\alpha_{ij}", "The attention: softmax of the scores.", list(n.alpha)},
          {"b_{ij}", "How the loss changes along the value: u_i times v_j.", list(n.b)},
          {"\\mathrm{E}[b]-b", "Usefulness: positive where descent would raise the score if it were free.",
           list(n.gain)},
          {"\\frac{\\partial J}{\\partial s_{ij}}", "The score's gradient.", list(n.slope)}};
}

// Score, attention and output.
void add_lines_of_reading(std::vector<Pieces>& lines, const QueryNumbers& n) {
  const std::string s_ij = at("s", n.i, n.j);
  const double most = n.s.maxCoeff(), weight = libm::exp((n.s[n.j] - most) / n.tau),
               sum = ((n.s.array() - most) / n.tau).unaryExpr(libm::Exp()).sum();
  lines.push_back({s_ij + "{=}" + at("q", n.i) + "{\\cdot}" + at("k", n.j) + "/\\sqrt{d_k}", "{=}",
                   n.s[n.j] * n.root, "/", n.root, "{=}", n.s[n.j]});
  const std::string exponent = n.tau == 1 ? "e^{" + s_ij + "-\\max s}" : "e^{(" + s_ij + "-\\max s)/\\tau}";
  lines.push_back(
      {at("\\alpha", n.i, n.j) + "{=}" + exponent + "/Z", "{=}", weight, "/", sum, "{=}", n.alpha[n.j]});
  lines.push_back(vector_line(at("o", n.i) + "{=}\\sum_j\\alpha_{" + std::to_string(n.i + 1) + "j}v_j",
                              n.rows.outputs.row(0)));
}

// The query's loss and error.
void add_lines_of_error(std::vector<Pieces>& lines, const QueryNumbers& n) {
  const Dataset& data = n.snapshot.data();
  const std::string j_i = at("J", n.i), u_i = at("u", n.i);
  if (n.model.options().task == AttentionTask::regression) {
    lines.push_back({j_i + "{=}\\frac{1}{2}\\|" + at("o", n.i) + "-" + at("y", n.i) + "\\|^2", "{=}",
                     0.5 * (n.rows.outputs.row(0) - data.targets.row(n.i)).squaredNorm()});
    lines.push_back(vector_line(u_i + "{=}(" + at("o", n.i) + "-" + at("y", n.i) + ")/T", n.u));
  } else {
    const double p = n.rows.predictions(0, data.labels[n.i]);
    lines.push_back({j_i + "{=}-\\log p_{y}", "{=}-\\log", p, "{=}", -libm::log(p)});
    lines.push_back(vector_line(u_i + "{=}W_O(p-e_y)/T", n.u));
  }
}

// The routing law.
void add_lines_of_score(std::vector<Pieces>& lines, const QueryNumbers& n) {
  const std::string b_ij = at("b", n.i, n.j);
  const double b = n.b[n.j], mean = n.alpha.dot(n.b);
  lines.push_back({b_ij + "{=}" + at("u", n.i) + "{\\cdot}" + at("v", n.j), "{=}", b});
  lines.push_back(
      {"\\mathrm{E}[b]-" + b_ij, "{=}", mean, b < 0 ? "{+}" : "{-}", std::abs(b), "{=}", mean - b});
  Pieces slope = {
      "\\partial J/\\partial " + at("s", n.i, n.j), "{=}", n.alpha[n.j], "\\cdot(", b - mean, ")"};
  if (n.tau != 1) slope.insert(slope.end(), {"/", n.tau});
  slope.insert(slope.end(), {"{=}", n.slope[n.j]});
  lines.push_back(slope);
}

// The value law, and where the next step leads.
void add_lines_of_step(std::vector<Pieces>& lines, const QueryNumbers& n) {
  constexpr Eigen::Index kMostSummed = 256;  // queries
  if (n.model.queries() <= kMostSummed) {
    std::vector<Eigen::Index> all(static_cast<std::size_t>(n.model.queries()));
    std::iota(all.begin(), all.end(), Eigen::Index{0});
    const AttentionRows every = rows_of(n.snapshot, all);
    lines.push_back(vector_line(
        "\\partial J/\\partial " + at("v", n.j) + "{=}\\sum_i\\alpha_{i" + std::to_string(n.j + 1) + "}u_i",
        every.attention.col(n.j).transpose() * every.errors));
  }
  const AttentionVectors next = n.model.vectors(n.snapshot.next, n.snapshot.data());
  lines.push_back(vector_line("\\Delta " + at("v", n.j), next.values.row(n.j) - n.now.values.row(n.j)));
  lines.push_back({"\\Delta " + at("s", n.i, n.j), "{=}",
                   next.queries.row(n.i).dot(next.keys.row(n.j)) / n.root - n.s[n.j]});
}

}  // namespace

Inspection inspect_query(const Snapshot& snapshot, int query, int key) {
  const QueryNumbers numbers = query_numbers(snapshot, query, key);
  Inspection out;
  out.title = "Query " + std::to_string(query + 1);
  out.state = "key " + std::to_string(numbers.j + 1) + " written out";
  out.component = static_cast<int>(numbers.j);
  out.table = key_table(numbers);
  add_lines_of_reading(out.formulas, numbers);
  add_lines_of_error(out.formulas, numbers);
  add_lines_of_score(out.formulas, numbers);
  add_lines_of_step(out.formulas, numbers);
  for (Pieces& line : out.formulas) line = relations_apart(line);
  return out;
}

}  // namespace iem
