#include "core/labs/kit/phases/phase_marks.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"

namespace iem {
namespace {

constexpr double kQuiet = 0.3;   // of threads behind bars
constexpr double kPaler = 0.35;  // of bars whose copies stand elsewhere

double part_way(double a, double b, double part) { return a + (b - a) * part; }

std::vector<double> part_way(const std::vector<double>& a, const std::vector<double>& b, double part) {
  std::vector<double> out;
  for (std::size_t j = 0; j < std::max(a.size(), b.size()); ++j)
    out.push_back(part_way(j < a.size() ? a[j] : 0.0, j < b.size() ? b[j] : 0.0, part));
  return out;
}

// Half way through a phase its numbers replace those of the phase before.
const std::vector<double>& turned(const std::vector<double>& before, const std::vector<double>& now,
                                  double part) {
  return part < 0.5 ? before : now;
}
double turning(double part) { return std::abs(2 * part - 1); }

std::vector<double> minus(std::vector<double> values) {
  for (double& value : values) value = -value;
  return values;
}

bool is_distribution(const std::vector<double>& weights) {
  double sum = 0;
  for (const double w : weights) sum += w;
  return std::abs(sum - 1) < 1e-9;
}

const std::vector<double>& values_of(const Microscope& scope, const char* id) {
  static const std::vector<double> none;
  const auto& all = scope.phases().all;
  const auto found = std::ranges::find(all, id, &Phase::id);
  return found == all.end() ? none : found->values;
}

std::string total_of(const Microscope& scope) {
  const std::vector<double>& z = values_of(scope, "normaliser");
  return z.empty() ? "Z" : "Z=" + number_tex(z[0]);
}

}  // namespace

void show_distances(Microscope& scope, double part) {
  scope.threads(part, 1);
  scope.ring(scope.shares(), 0);
  scope.numbers(scope.values(), part);
}

void show_exponentials(Microscope& scope, double part) {
  scope.threads(1, part_way(1, kQuiet, part));
  scope.threads_to_bars(scope.shares(), part);
  scope.ring(scope.shares(), 0);
  const std::vector<double> before = scope.values_before();
  scope.numbers_at_bars(turned(before, scope.values(), part), scope.shares(), turning(part), part);
}

void show_normaliser(Microscope& scope, double part) {
  scope.threads(1, kQuiet);
  scope.bars(scope.shares(), part_way(1, kPaler, part));
  scope.stack(scope.shares(), part, 1, total_of(scope));
  scope.ring(scope.shares(), 0);
  scope.numbers_at_bars(values_of(scope, "exponentials"), scope.shares());
}

void show_responsibilities(Microscope& scope, double part) {
  scope.threads(1, kQuiet);
  if (values_of(scope, "normaliser").empty()) {  // no softmax quotient: the lines become the shares directly
    scope.threads_to_bars(scope.shares(), part);
    scope.ring(scope.shares(), part);
    const std::vector<double> before = scope.values_before();
    return scope.numbers_at_bars(turned(before, scope.values(), part), scope.shares(), turning(part), part);
  }
  scope.bars(scope.shares(), part_way(kPaler, 1, part));
  scope.stack(scope.shares(), 1, 1 - part, total_of(scope));
  scope.ring(scope.shares(), part);
  scope.numbers_at_bars(turned(values_of(scope, "exponentials"), scope.values(), part), scope.shares(),
                        turning(part));
}

void show_gradient(Microscope& scope, double part) {
  scope.threads(1, kQuiet);
  const std::vector<double> lengths = part_way(scope.shares(), minus(scope.shares()), part);
  scope.bars(lengths);
  scope.ring(scope.shares(), 1);
  scope.numbers_at_bars(turned(scope.shares(), scope.values(), part), lengths, turning(part));
  if (part == 1)
    scope.panel().marks.push_back(Legend{{{Sign::full_bar, "positive"}, {Sign::hollow_bar, "negative"}}});
}

void show_change(Microscope& scope, const BarsAndRing& from, const BarsAndRing& to, double part) {
  const bool from_threads = from.bars.empty();
  scope.threads(1, from_threads ? part_way(1, kQuiet, part) : kQuiet);
  const std::vector<double> lengths = from_threads ? to.bars : part_way(from.bars, to.bars, part);
  if (from_threads)
    scope.threads_to_bars(lengths, part);
  else
    scope.bars(lengths);
  if (is_distribution(to.ring)) {
    const bool fills = !is_distribution(from.ring);
    scope.ring(fills ? to.ring : part_way(from.ring, to.ring, part), fills ? part : 1);
  }
  const std::vector<double> before = scope.values_before();
  scope.numbers_at_bars(turned(before, scope.values(), part), lengths, turning(part),
                        from_threads ? part : 1);
}

std::string with_index(const std::string& symbol, std::size_t j) {
  const std::string number = std::to_string(j + 1);
  const std::size_t place = symbol.find('#');
  if (place == std::string::npos) return symbol + "_{" + number + "}";
  return std::string(symbol).replace(place, 1, number);
}

FormulaLine written_exponential(double d, const Exponent& exponent, double weight) {
  FormulaLine line = {d < 0 && !exponent.shifted ? "e^{" : "e^{-"};
  if (exponent.shifted) {
    line.back().tex += "(";
    line.insert(line.end(), {d, exponent.least < 0 ? "{+}" : "{-}", std::abs(exponent.least), ")"});
  } else {
    line.emplace_back(std::abs(d));
  }
  if (exponent.tau != 1) line.insert(line.end(), {"/", exponent.tau});
  line.insert(line.end(), {"}", "{=}", weight});
  return line;
}

FormulaLine written_sum(const std::vector<double>& terms, double sum) {
  constexpr std::size_t kMost = 6;
  FormulaLine line;
  for (std::size_t j = 0; j < terms.size(); ++j) {
    if (j > 0) line.emplace_back("{+}");
    if (terms.size() > kMost && j == kMost - 2) {
      line.insert(line.end(), {"\\cdots", "{+}"});
      j = terms.size() - 1;
    }
    line.emplace_back(terms[j]);
  }
  line.insert(line.end(), {"{=}", sum});
  return line;
}

FormulaLine written_length(double x, double y) {
  return {"\\|(", x, ",\\;", y, ")\\|", "{=}", libm::hypot(x, y)};
}

std::vector<FormulaLine> written_values(const std::string& symbol, const std::vector<double>& values) {
  std::vector<FormulaLine> out;
  for (std::size_t j = 0; j < values.size(); ++j) out.push_back({with_index(symbol, j), "{=}", values[j]});
  return out;
}

Phase update_of_pairs(const Snapshot& snapshot, int components, std::string symbol) {
  Phase out{"update", "update", std::move(symbol), true, {}};
  for (Eigen::Index j = 0; j < components; ++j) {
    const Eigen::Vector2d way = snapshot.next.segment<2>(2 * j) - snapshot.state.theta.segment<2>(2 * j);
    out.values.push_back(libm::hypot(way[0], way[1]));
    out.written.push_back(written_length(way[0], way[1]));
  }
  out.moves = true;
  return out;
}

void complete_softmax(const std::vector<double>& d, const Exponent& exponent, Phase& exponentials,
                      Phase& normaliser, Phase& shares, Phase& gradient) {
  const std::vector<double>& w = exponentials.values;
  const double z = normaliser.values.empty() ? 0 : normaliser.values[0];
  for (std::size_t j = 0; j < std::min(w.size(), d.size()); ++j) {
    exponentials.written.push_back(written_exponential(d[j], exponent, w[j]));
    shares.written.push_back({w[j], "/", z, "{=}", shares.values[j]});
    gradient.written.push_back({"-", w[j], "/", z, "{=}", -shares.values[j]});
  }
  normaliser.written = {written_sum(w, z)};
  exponentials.help = "The lines become bars, as long as their number over Z.";
  normaliser.help = "The bars on each other: their sum Z.";
  exponentials.marks = show_exponentials;
  normaliser.marks = show_normaliser;
}

}  // namespace iem
