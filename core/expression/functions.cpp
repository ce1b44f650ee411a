#include "core/expression/functions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/base/libm.h"
#include "core/base/utf8.h"

namespace iem {
namespace {

using Entry = double (*)(double);
using PairEntry = double (*)(double, double);
using Reduction = double (*)(const std::vector<double>&);

const double kNoNumber = std::numeric_limits<double>::quiet_NaN();

struct NamedEntry {
  const char* name;
  Entry function;
};
struct NamedPair {
  const char* name;
  PairEntry function;
};
struct NamedReduction {
  const char* name;
  Reduction function;
};

double truth(bool yes) { return yes ? 1 : 0; }

double sum_of(const std::vector<double>& x) { return std::accumulate(x.begin(), x.end(), 0.0); }
double mean_of(const std::vector<double>& x) {
  return x.empty() ? kNoNumber : sum_of(x) / static_cast<double>(x.size());
}
// Standard deviation, 1/N.
double deviation_of(const std::vector<double>& x) {
  const double mean = mean_of(x);
  double squares = 0;
  for (const double each : x) squares += (each - mean) * (each - mean);
  return x.empty() ? kNoNumber : std::sqrt(squares / static_cast<double>(x.size()));
}
double norm_of(const std::vector<double>& x) {
  double squares = 0;
  for (const double each : x) squares += each * each;
  return std::sqrt(squares);
}
// The least entry; nan if any entry is nan.
double least_of(const std::vector<double>& x) {
  double out = x.empty() ? kNoNumber : x.front();
  for (const double each : x) out = std::isnan(each) || each < out ? each : out;
  return std::ranges::any_of(x, [](double each) { return std::isnan(each); }) ? kNoNumber : out;
}
double largest_of(const std::vector<double>& x) {
  std::vector<double> minus = x;
  for (double& each : minus) each = -each;
  return -least_of(minus);
}
double count_of(const std::vector<double>& x) { return static_cast<double>(x.size()); }

constexpr NamedEntry kEntries[] = {
    {"abs", [](double x) { return std::abs(x); }},
    {"sqrt", [](double x) { return std::sqrt(x); }},
    {"exp", [](double x) { return libm::exp(x); }},
    {"log", [](double x) { return libm::log(x); }},
    {"tanh", [](double x) { return libm::tanh(x); }},
    {"round", [](double x) { return std::round(x); }},
    {"negative", [](double x) { return -x; }},
    {"not", [](double x) { return std::isnan(x) ? x : truth(x == 0); }},
};
constexpr NamedReduction kReductions[] = {
    {"sum", sum_of},   {"mean", mean_of},   {"deviation", deviation_of}, {"norm", norm_of},
    {"min", least_of}, {"max", largest_of}, {"count", count_of},
};
constexpr NamedPair kPairs[] = {
    {"+", [](double a, double b) { return a + b; }},
    {"-", [](double a, double b) { return a - b; }},
    {"*", [](double a, double b) { return a * b; }},
    {"/", [](double a, double b) { return a / b; }},
    {"^", [](double a, double b) { return libm::pow(a, b); }},
    {"<", [](double a, double b) { return truth(a < b); }},
    {"<=", [](double a, double b) { return truth(a <= b); }},
    {">", [](double a, double b) { return truth(a > b); }},
    {">=", [](double a, double b) { return truth(a >= b); }},
    {"==", [](double a, double b) { return truth(a == b); }},
    // A comparison with nan is false, also this one: nan is not a value that could be meant.
    {"!=", [](double a, double b) { return truth(a < b || a > b); }},
    {"and", [](double a, double b) { return truth(std::abs(a) > 0 && std::abs(b) > 0); }},
    {"or", [](double a, double b) { return truth(std::abs(a) > 0 || std::abs(b) > 0); }},
};

template <class Table>
auto find_function(const Table& table, const std::string& name) -> decltype(table[0].function) {
  for (const auto& each : table)
    if (name == each.name) return each.function;
  return nullptr;
}

Tensor each_entry(Entry function, Tensor x) {
  for (double& number : x.data) number = function(number);
  return x;
}

Tensor each_pair(const std::string& name, PairEntry function, const Tensor& a, const Tensor& b) {
  if (!is_scalar(a) && !is_scalar(b) && a.shape != b.shape)
    throw InputError("lists of " + shape_text(a.shape) + " and " + shape_text(b.shape) +
                     " numbers do not go together in " + name);
  Tensor out = is_scalar(a) ? b : a;
  for (std::size_t i = 0; i < out.data.size(); ++i)
    out.data[i] = function(a.data[is_scalar(a) ? 0 : i], b.data[is_scalar(b) ? 0 : i]);
  return out;
}

// column(x, j): entry j of every row.
Tensor column_of(const Tensor& x, const Tensor& which) {
  if (x.shape.size() != 2 || !is_scalar(which)) throw InputError("column(x, j) takes rows and a number");
  Tensor out{{x.shape[0]}, {}};
  for (std::int64_t i = 0; i < x.shape[0]; ++i)
    out.data.push_back(part_of(x, {scalar(static_cast<double>(i)), which}).data[0]);
  return out;
}

}  // namespace

Tensor scalar(double value) { return {{}, {value}}; }
bool is_scalar(const Tensor& tensor) { return tensor.shape.empty() && tensor.data.size() == 1; }

const std::vector<std::string>& expression_functions() {
  static const std::vector<std::string> names = {"abs",   "sqrt",   "exp",  "log",     "tanh",      "round",
                                                 "min",   "max",    "sum",  "mean",    "deviation", "norm",
                                                 "count", "column", "over", "steps_to"};
  return names;
}

Tensor apply_operator(const std::string& name, const std::vector<Tensor>& operands) {
  if (operands.size() == 1) return each_entry(find_function(kEntries, name), operands[0]);
  return each_pair(name, find_function(kPairs, name), operands[0], operands[1]);
}

Tensor apply_function(const std::string& name, const std::vector<Tensor>& arguments) {
  const auto& known = expression_functions();
  if (std::ranges::find(known, name) == known.end())
    throw InputError("there is no function " + printable(name));
  if (name == "column" && arguments.size() == 2) return column_of(arguments[0], arguments[1]);
  if (arguments.size() == 2 && name == "min")
    return each_pair(
        name, [](double a, double b) { return b < a || std::isnan(b) ? b : a; }, arguments[0], arguments[1]);
  if (arguments.size() == 2 && name == "max")
    return each_pair(
        name, [](double a, double b) { return b > a || std::isnan(b) ? b : a; }, arguments[0], arguments[1]);
  if (arguments.size() != 1)
    throw InputError(name + " does not take " + std::to_string(arguments.size()) + " arguments");
  if (const Entry entry = find_function(kEntries, name)) return each_entry(entry, arguments[0]);
  if (const Reduction reduce = find_function(kReductions, name)) return scalar(reduce(arguments[0].data));
  throw InputError(name + " takes other arguments");
}

Tensor part_of(const Tensor& tensor, const std::vector<Tensor>& indices) {
  if (indices.size() > tensor.shape.size())
    throw InputError(std::to_string(indices.size()) + " indices for a list of shape " +
                     shape_text(tensor.shape));
  std::size_t from = 0, size = tensor.data.size();
  for (std::size_t axis = 0; axis < indices.size(); ++axis) {
    const std::int64_t length = tensor.shape[axis];
    const double index = is_scalar(indices[axis]) ? indices[axis].data[0] : kNoNumber;
    if (!(index >= 0 && index < static_cast<double>(length) && index == std::floor(index)))
      throw InputError("an index must be a whole number from 0 to " + std::to_string(length - 1));
    size /= static_cast<std::size_t>(length);
    from += size * static_cast<std::size_t>(index);
  }
  const auto begin = tensor.data.begin() + static_cast<std::ptrdiff_t>(from);
  return {{tensor.shape.begin() + static_cast<std::ptrdiff_t>(indices.size()), tensor.shape.end()},
          {begin, begin + static_cast<std::ptrdiff_t>(size)}};
}

Tensor stacked(const std::vector<Tensor>& rows) {
  Tensor out{{static_cast<std::int64_t>(rows.size())}, {}};
  if (rows.empty()) return out;
  out.shape.insert(out.shape.end(), rows[0].shape.begin(), rows[0].shape.end());
  for (const Tensor& row : rows) {
    if (row.shape != rows[0].shape) throw InputError("the parts of a list have different shapes");
    out.data.insert(out.data.end(), row.data.begin(), row.data.end());
  }
  return out;
}

bool holds(const Tensor& tensor) {
  return !tensor.data.empty() &&
         std::ranges::all_of(tensor.data, [](double each) { return std::abs(each) > 0; });
}

}  // namespace iem
