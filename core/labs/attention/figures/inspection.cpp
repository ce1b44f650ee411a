#include "core/labs/attention/figures/inspection.h"

#include <algorithm>
#include <cmath>

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

}  // namespace

Inspection inspect_query(const Snapshot& snapshot, int query, int key) {
  const Attention& model = attention_of(snapshot);
  const AttentionOptions& o = model.options();
  const Dataset& data = snapshot.data();
  const AttentionVectors now = model.vectors(snapshot.state.theta, data),
                         next = model.vectors(snapshot.next, data);
  const AttentionRows rows = rows_of(snapshot, {query});
  const Eigen::Index seen = model.visible(query), i = query;
  const double root = std::sqrt(static_cast<double>(o.key_width)), tau = snapshot.temperature;
  const Eigen::RowVectorXd s = rows.scores.row(0).head(seen), alpha = rows.attention.row(0).head(seen),
                           gain = rows.usefulness.row(0).head(seen),
                           slope = rows.score_gradient.row(0).head(seen), u = rows.errors.row(0),
                           b = u * now.values.topRows(seen).transpose();
  Eigen::Index j = key;
  if (key < 0 || key >= seen) alpha.maxCoeff(&j);
  const double mean = alpha.dot(b), most = s.maxCoeff(), weight = libm::exp((s[j] - most) / tau),
               sum = ((s.array() - most) / tau).unaryExpr(libm::Exp()).sum();

  Inspection out;
  out.title = "Query " + std::to_string(query + 1);
  out.state = "key " + std::to_string(j + 1) + " written out";
  out.component = static_cast<int>(j);
  if (seen <= kMostRows)
    out.table = {{"s_{ij}", "The score.", list(s)},
                 {"\\alpha_{ij}", "The attention: softmax of the scores.", list(alpha)},
                 {"b_{ij}", "How the loss changes along the value: u_i times v_j.", list(b)},
                 {"\\mathrm{E}[b]{-}b",
                  "Usefulness: positive where descent would raise the score if it were free.", list(gain)},
                 {"\\frac{\\partial J}{\\partial s_{ij}}", "The score's gradient.", list(slope)}};

  const std::string s_ij = at("s", i, j), a_ij = at("\\alpha", i, j), b_ij = at("b", i, j);
  out.formulas.push_back({s_ij + "{=}" + at("q", i) + "{\\cdot}" + at("k", j) + "/\\sqrt{d_k}", "{=}",
                          s[j] * root, "/", root, "{=}", s[j]});
  const std::string exponent = tau == 1 ? "e^{" + s_ij + "-\\max s}" : "e^{(" + s_ij + "-\\max s)/\\tau}";
  out.formulas.push_back({a_ij + "{=}" + exponent + "/Z", "{=}", weight, "/", sum, "{=}", alpha[j]});
  out.formulas.push_back(
      vector_line(at("o", i) + "{=}\\sum_j\\alpha_{" + std::to_string(i + 1) + "j}v_j", rows.outputs.row(0)));
  if (o.task == AttentionTask::regression) {
    out.formulas.push_back({at("J", i) + "{=}\\frac{1}{2}\\|" + at("o", i) + "{-}" + at("y", i) + "\\|^2",
                            "{=}", 0.5 * (rows.outputs.row(0) - data.targets.row(i)).squaredNorm()});
    out.formulas.push_back(vector_line(at("u", i) + "{=}(" + at("o", i) + "{-}" + at("y", i) + ")/T", u));
  } else {
    const double p = rows.predictions(0, data.labels[i]);
    out.formulas.push_back({at("J", i) + "{=}-\\log p_{y}", "{=}-\\log", p, "{=}", -libm::log(p)});
    out.formulas.push_back(vector_line(at("u", i) + "{=}W_O(p{-}e_y)/T", u));
  }
  out.formulas.push_back({b_ij + "{=}" + at("u", i) + "{\\cdot}" + at("v", j), "{=}", b[j]});
  out.formulas.push_back({"\\mathrm{E}[b]{-}" + b_ij, "{=}", mean, b[j] < 0 ? "{+}" : "{-}", std::abs(b[j]),
                          "{=}", mean - b[j]});
  Pieces slope_line = {"\\partial J/\\partial " + s_ij, "{=}", alpha[j], "\\cdot(", b[j] - mean, ")"};
  if (tau != 1) slope_line.insert(slope_line.end(), {"/", tau});
  slope_line.insert(slope_line.end(), {"{=}", slope[j]});
  out.formulas.push_back(slope_line);

  // All queries, over which the value law sums.
  std::vector<Eigen::Index> all(static_cast<std::size_t>(model.queries()));
  for (std::size_t q = 0; q < all.size(); ++q) all[q] = static_cast<Eigen::Index>(q);
  Eigen::RowVectorXd pull = Eigen::RowVectorXd::Zero(o.value_width);
  if (model.queries() <= 256) {
    const AttentionRows every = rows_of(snapshot, all);
    pull = every.attention.col(j).transpose() * every.errors;
    out.formulas.push_back(vector_line(
        "\\partial J/\\partial " + at("v", j) + "{=}\\sum_i\\alpha_{i" + std::to_string(j + 1) + "}u_i",
        pull));
  }
  out.formulas.push_back(vector_line("\\Delta " + at("v", j), next.values.row(j) - now.values.row(j)));
  out.formulas.push_back({"\\Delta " + s_ij, "{=}", next.queries.row(i).dot(next.keys.row(j)) / root - s[j]});
  for (Pieces& line : out.formulas) line = relations_apart(line);
  return out;
}

}  // namespace iem
