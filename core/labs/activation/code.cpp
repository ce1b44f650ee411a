#include "core/labs/activation/code.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/check.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/labs/activation/model/curves.h"

namespace iem {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; }

// The expression with its functions prefixed: exp becomes `prefix`exp, and so on.
std::string with_functions(const std::string& expression, const std::string& prefix, const std::string& abs) {
  std::string out;
  for (std::size_t i = 0; i < expression.size();) {
    std::size_t end = i;
    while (end < expression.size() && is_word(expression[end])) ++end;
    const std::string word = expression.substr(i, end - i);
    const bool function = end < expression.size() && expression[end] == '(';
    out += word.empty() ? std::string(1, expression[i])
           : function   ? prefix + (word == "abs" ? abs : word)
                        : word;
    i = std::max(end, i + 1);
  }
  return out;
}

// kernel(u) with the numbers of its shape.
std::string kernel_expression(const Hypotheses& h) {
  std::string out = h.kernel->expression;
  for (std::size_t i = 0; i < h.shape.size(); ++i)
    out = replaced(out, "p[" + std::to_string(i) + "]", real_number(h.shape[i]));
  return out;
}

// "a ? b : c" as where(a, b, c).
std::string with_where(const std::string& expression, const std::string& where) {
  const std::size_t question = expression.find(" ? "), colon = expression.find(" : ");
  if (question == std::string::npos || colon == std::string::npos) return expression;
  return where + "(" + expression.substr(0, question) + ", " +
         expression.substr(question + 3, colon - question - 3) + ", " + expression.substr(colon + 3) + ")";
}

std::string list(const Hypotheses& h, double (*entry)(const Hypotheses&, std::size_t)) {
  std::string out;
  for (std::size_t j = 0; j < static_cast<std::size_t>(h.count); ++j)
    out += (j ? ", " : "") + real_number(entry(h, j));
  return out;
}
double mu_of(const Hypotheses& h, std::size_t j) { return h.mu[j]; }
double g_of(const Hypotheses& h, std::size_t j) { return h.g[j]; }
// What is added to the kernel: offset - log prior.
double rest_of(const Hypotheses& h, std::size_t j) { return h.offset_of(j) - h.log_prior[j]; }
double scale_of(const Hypotheses& h, std::size_t j) { return h.scale_of(j); }
bool has_widths(const Hypotheses& h) {
  return std::any_of(h.width.begin(), h.width.begin() + h.count, [&](double w) { return w != h.width[0]; });
}

// The statistic and the scene, as text for a comment.
std::string what(const Snapshot& s, const Hypotheses& h, Statistic statistic) {
  const Scene& scene = s.setup->scene;
  std::string out = statistic_names()[static_cast<std::size_t>(statistic)] + " of " +
                    hypothesis_names()[static_cast<std::size_t>(h.kind)] + " hypotheses";
  const std::string title = scene.title.empty() ? scene.name : scene.title;
  return out +
         (title.empty() ? "" : " (" + comment_text(title) + ", step " + std::to_string(s.state.step) + ")");
}

// --- NumPy and PyTorch: arrays over z, one row a hypothesis ---

std::string array_energies(const Hypotheses& h, bool torch) {
  const std::string lib = torch ? "torch" : "np";
  const auto array = [&](const std::string& numbers) {
    return torch ? "torch.tensor([" + numbers + "], dtype=z.dtype, device=z.device)"
                 : "np.array([" + numbers + "])";
  };
  const auto column = [](const std::string& array_text) {
    return array_text + ".reshape(-1, *([1] * z.ndim))";
  };
  std::string out = "    g = " + column(array(list(h, g_of))) + "\n";
  if (h.kind == HypothesisKind::gate) {
    if (h.kernel)
      return out + (torch ? "    d = torch.stack([-torch.special.log_ndtr(-z), -torch.special.log_ndtr(z)])\n"
                          : "    d = np.stack([-_log_ndtr(-z), -_log_ndtr(z)])\n");
    return out + "    d = " + lib + ".stack([0.0 * z, -z])\n";
  }
  const std::string kernel =
      with_where(with_functions(kernel_expression(h), lib + ".", "abs"), lib + ".where");
  return out + "    u = (z - " + column(array(list(h, mu_of))) + ") / " +
         (has_widths(h) ? column(array(list(h, scale_of))) : real_number(h.scale_of(0))) +
         "\n    d = " + kernel + " + " + column(array(list(h, rest_of))) + "\n";
}

std::string array_statistic(Statistic statistic, bool torch, const std::string& tau) {
  const std::string lib = torch ? "torch" : "np", sum = torch ? ".sum(0)" : ".sum(axis=0)";
  const std::string flat = torch ? "flatten()" : "ravel()",
                    best = torch ? "[d.argmin(0)]" : "[d.argmin(axis=0)]";
  // The term of the least energy, which is 1, is kept out of the sum: beside it the small other terms would
  // lose their digits.
  const std::string sorted = (torch ? "    d = torch.sort(d, 0).values\n" : "    d = np.sort(d, axis=0)\n") +
                             ("    gap = (d[1:] - d[0]) / " + tau + "\n");
  switch (statistic) {
    case Statistic::mean: return "    return (r * g)" + sum + "\n";
    case Statistic::gated_mean: return "    return z * (r * g)" + sum + "\n";
    case Statistic::variance:  // from the best hypothesis on, so that it keeps its digits near certainty
      return "    off = g - g." + flat + best + "\n    return (r * (off - (r * off)" + sum + ") ** 2)" + sum +
             "\n";
    case Statistic::mode: return "    return g." + flat + best + "\n";
    case Statistic::entropy:
      return sorted + "    e = " + lib + ".exp(-gap)\n    rest = e" + sum + "\n    return " + lib +
             ".log1p(rest) + (e * gap)" + sum + " / (1.0 + rest)\n";
    case Statistic::log_partition:
      return sorted + "    return " + tau + " * " + lib + ".log1p(" + lib + ".exp(-gap)" + sum + ") - d[0]\n";
  }
  return {};
}

bool by_responsibilities(Statistic statistic) {
  return statistic == Statistic::mean || statistic == Statistic::gated_mean ||
         statistic == Statistic::variance;
}

// NumPy has no normal distribution function: the error function of the standard library, and its series where
// that underflows.
const char* const kNumpyNormal =
    "import math\n\n"
    "def _log_ndtr(z):\n"
    "    \"\"\"log of the standard normal distribution function.\"\"\"\n"
    "    def one(x):\n"
    "        if x > 0.0:\n"
    "            return math.log1p(-0.5 * math.erfc(x / math.sqrt(2.0)))\n"
    "        if x > -35.0:\n"
    "            return math.log(0.5 * math.erfc(-x / math.sqrt(2.0)))\n"
    "        q = 1.0 / (x * x)\n"
    "        s = q * (1.0 - q * (3.0 - q * (15.0 - q * (105.0 - q * (945.0 - q * 10395.0)))))\n"
    "        return -0.5 * x * x - math.log(-x) - 0.5 * math.log(2.0 * math.pi) + math.log1p(-s)\n"
    "    return np.vectorize(one, otypes=[float])(z)\n\n";

std::string numpy_code(const Snapshot& s, const Hypotheses& h, Statistic statistic) {
  std::string out = "import numpy as np\n";
  if (h.kind == HypothesisKind::gate && h.kernel) out += kNumpyNormal;
  out += "\ndef activation(z):\n    \"\"\"" + what(s, h, statistic) +
         "\"\"\"\n    z = np.asarray(z, dtype=float)\n";
  out += array_energies(h, false);
  if (by_responsibilities(statistic))
    out += "    r = np.exp((d.min(axis=0) - d) / " + real_number(h.tau) + ")\n    r = r / r.sum(axis=0)\n";
  return out + array_statistic(statistic, false, real_number(h.tau));
}

std::string pytorch_code(const Snapshot& s, const Hypotheses& h, Statistic statistic) {
  std::string out = "import torch\n\n\ndef activation(z):\n    \"\"\"" + what(s, h, statistic) + "\"\"\"\n";
  out += array_energies(h, true);
  if (by_responsibilities(statistic)) out += "    r = torch.softmax(-d / " + real_number(h.tau) + ", 0)\n";
  return out + array_statistic(statistic, true, real_number(h.tau));
}

// --- C++ ---

const char* const kCppNormal =
    "double log_normal_cdf(double z) {\n"
    "  if (z > 0) return std::log1p(-0.5 * std::erfc(z / std::sqrt(2.0)));\n"
    "  if (z > -35) return std::log(0.5 * std::erfc(-z / std::sqrt(2.0)));\n"
    "  const double q = 1 / (z * z);\n"
    "  const double s = q * (1 - q * (3 - q * (15 - q * (105 - q * (945 - q * 10395)))));\n"
    "  return -0.5 * z * z - std::log(-z) - 0.91893853320467274 + std::log1p(-s);\n"
    "}\n\n";

std::string cpp_statistic(Statistic statistic) {
  const auto loop = [](const std::string& work) {
    return "  for (int h = 0; h < count; ++h) " + work + ";\n";
  };
  switch (statistic) {
    case Statistic::mean: return "  return mean;\n";
    case Statistic::gated_mean: return "  return z * mean;\n";
    case Statistic::mode: return "  return g[best];\n";
    case Statistic::variance:  // from the best hypothesis on, so that it keeps its digits near certainty
      return "  double moved = 0, variance = 0;\n" + loop("moved += r[h] * (g[h] - g[best])") +
             loop("variance += r[h] * (g[h] - g[best] - moved) * (g[h] - g[best] - moved)") +
             "  return variance;\n";
    case Statistic::entropy:
      return "  double entropy = std::log1p(rest);\n" +
             loop("if (r[h] > 0) entropy += r[h] * (d[h] - d[best]) / tau") + "  return entropy;\n";
    case Statistic::log_partition: return "  return tau * std::log1p(rest) - d[best];\n";
  }
  return {};
}

std::string cpp_code(const Snapshot& s, const Hypotheses& h, Statistic statistic) {
  const bool gate = h.kind == HypothesisKind::gate;
  std::string out = "#include <cmath>\n\n";
  if (gate && h.kernel) out += kCppNormal;
  out += "// " + what(s, h, statistic) +
         ".\ndouble activation(double z) {\n  const int count = " + std::to_string(h.count) + ";\n";
  const bool of_r = statistic != Statistic::entropy && statistic != Statistic::log_partition;
  if (statistic != Statistic::mode) out += "  const double tau = " + real_number(h.tau) + ";\n";
  if (of_r) out += "  const double g[] = {" + list(h, g_of) + "};\n";
  if (gate) {
    out += h.kernel ? "  const double d[] = {-log_normal_cdf(-z), -log_normal_cdf(z)};\n"
                    : "  const double d[] = {0.0, -z};\n";
  } else {
    const std::string kernel = "(" + with_functions(kernel_expression(h), "std::", "fabs") + ")";
    out += "  const double mu[] = {" + list(h, mu_of) + "}, offset[] = {" + list(h, rest_of) +
           (has_widths(h) ? "}, scale[] = {" + list(h, scale_of) : std::string()) + "};\n  double d[" +
           std::to_string(h.count) +
           "];\n  for (int h = 0; h < count; ++h) {\n    const double u = (z - mu[h]) / " +
           (has_widths(h) ? "scale[h]" : real_number(h.scale_of(0))) + ";\n    d[h] = " + kernel +
           " + offset[h];\n  }\n";
  }
  out += "  int best = 0;\n  for (int h = 1; h < count; ++h)\n    if (d[h] < d[best]) best = h;\n";
  if (statistic == Statistic::mode) return out + cpp_statistic(statistic) + "}\n";
  // The weight of the best hypothesis is 1 and is kept out of the sum `rest` of the others: beside the 1 a
  // small rest would lose its digits.
  out += "  double r[" + std::to_string(h.count) +
         "], rest = 0;\n  for (int h = 0; h < count; ++h) {\n    r[h] = std::exp((d[best] - d[h]) / tau);\n"
         "    if (h != best) rest += r[h];\n  }\n";
  if (statistic != Statistic::log_partition) out += "  for (int h = 0; h < count; ++h) r[h] /= 1 + rest;\n";
  if (statistic == Statistic::mean || statistic == Statistic::gated_mean)
    out += "  double mean = 0;\n  for (int h = 0; h < count; ++h) mean += r[h] * g[h];\n";
  return out + cpp_statistic(statistic) + "}\n";
}

// --- LaTeX ---

std::string latex_number(double value) {
  std::string text = real_number(value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return text;
  return text.substr(0, e) + "\\times10^{" + std::to_string(std::stoi(text.substr(e + 1))) + "}";
}

std::string listed(const Hypotheses& h, double (*entry)(const Hypotheses&, std::size_t)) {
  std::string out;
  for (std::size_t j = 0; j < static_cast<std::size_t>(h.count); ++j)
    out += (j ? ",\\ " : "") + latex_number(entry(h, j));
  return out;
}

std::string latex_energy(const Hypotheses& h) {
  if (h.kind == HypothesisKind::gate)
    return h.kernel ? "d_0(z) &= -\\log\\Phi(-z), \\qquad d_1(z) = -\\log\\Phi(z)"
                    : "d_0(z) &= 0, \\qquad d_1(z) = -z";
  return "d_h(z) &= k\\left(\\frac{z-\\mu_h}{" + (has_widths(h) ? "\\sigma_h" : latex_number(h.scale_of(0))) +
         "}\\right) + b_h, \\qquad k(u) = " + h.kernel->formula;
}

std::string latex_code(const Snapshot& s, const Hypotheses& h, Statistic statistic) {
  const std::string own = latex_number(h.tau),
                    by = own.find("\\times") == std::string::npos ? own : "(" + own + ")";
  const std::string tau = h.tau == 1 ? "" : "/" + by;
  std::string out =
      "% " + what(s, h, statistic) + "; needs amsmath\n\\begin{align*}\n  " + latex_energy(h) + " \\\\\n";
  if (h.kind != HypothesisKind::gate) {
    const auto all = [&](double (*entry)(const Hypotheses&, std::size_t)) { return listed(h, entry); };
    out += "  \\mu &= (" + all(mu_of) + "), \\qquad b = (" + all(rest_of) + ")";
    if (has_widths(h)) out += " \\\\\n  \\sigma &= (" + all(scale_of) + ")";
    for (std::size_t i = 0; i < h.shape.size() && i < h.kernel->parameters.size(); ++i)
      out += ", \\qquad " + h.kernel->parameters[i].symbol + " = " + latex_number(h.shape[i]);
    out += " \\\\\n";
  }
  out += "  r_h(z) &= \\frac{e^{-d_h(z)" + tau + "}}{\\sum_k e^{-d_k(z)" + tau + "}} \\\\\n";
  const std::string g = h.kind == HypothesisKind::sign   ? "g = (-1,\\ 1)"
                        : h.kind == HypothesisKind::gate ? "g = (0,\\ 1)"
                        : h.g == h.mu                    ? "g = \\mu"
                                                         : "g = (" + listed(h, g_of) + ")";
  switch (statistic) {
    case Statistic::mean: out += "  a(z) &= \\sum_h r_h(z)\\, g_h, \\qquad " + g; break;
    case Statistic::gated_mean: out += "  a(z) &= z \\sum_h r_h(z)\\, g_h, \\qquad " + g; break;
    case Statistic::variance:
      out += "  a(z) &= \\sum_h r_h(z) \\Bigl(g_h - \\sum_k r_k(z)\\, g_k\\Bigr)^2, \\qquad " + g;
      break;
    case Statistic::mode: out += "  a(z) &= g_{h^*}, \\qquad h^* = \\arg\\min_h d_h(z), \\qquad " + g; break;
    case Statistic::entropy: out += "  a(z) &= -\\sum_h r_h(z) \\log r_h(z)"; break;
    case Statistic::log_partition:
      out += "  a(z) &= " + (h.tau == 1 ? std::string() : latex_number(h.tau) + "\\,") +
             "\\log \\sum_h e^{-d_h(z)" + tau + "}";
      break;
  }
  return out + "\n\\end{align*}\n";
}

}  // namespace

const std::vector<CodeType>& activation_code_types() {
  static const std::vector<CodeType> all = {
      {"numpy", "NumPy"}, {"pytorch", "PyTorch"}, {"cpp", "C++"}, {"latex", "LaTeX"}};
  return all;
}

std::string activation_code(const std::string& id, const Snapshot& s) {
  const Hypotheses h = line_of(s).hypotheses(s.state.theta, s.temperature);
  const Statistic statistic = statistic_of(s.config());
  if (id == "numpy") return numpy_code(s, h, statistic);
  if (id == "pytorch") return pytorch_code(s, h, statistic);
  if (id == "cpp") return cpp_code(s, h, statistic);
  IEM_CHECK(id == "latex");
  return latex_code(s, h, statistic);
}

}  // namespace iem
