// Every elementary function the core calls is one of core/base/libm.h: anything else has other bits
// elsewhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace iem {
namespace {

namespace fs = std::filesystem;

// The C library's.
const std::set<std::string> kFunctions = {"acos",  "acosh", "asin",  "asinh",  "atan", "atan2", "atanh",
                                          "cbrt",  "cos",   "cosh",  "erf",    "erfc", "exp",   "exp2",
                                          "expm1", "fma",   "hypot", "lgamma", "log",  "log10", "log1p",
                                          "log2",  "pow",   "sin",   "sinh",   "tan",  "tanh",  "tgamma"};
// What the C++ library makes of them.
const std::set<std::string> kStandard = {"polar",
                                         "arg",
                                         "beta",
                                         "expint",
                                         "riemann_zeta",
                                         "cyl_bessel_i",
                                         "cyl_bessel_j",
                                         "cyl_bessel_k",
                                         "cyl_neumann",
                                         "normal_distribution",
                                         "lognormal_distribution",
                                         "gamma_distribution",
                                         "exponential_distribution",
                                         "poisson_distribution"};

// C++ without comments and with empty literals: code shown to the user calls what it likes.
std::string code_of(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::string two = text.substr(i, 2);
    if (two == "//") {
      i = std::min(text.find('\n', i), text.size());
    } else if (two == "/*") {
      i = std::min(text.find("*/", i), text.size() - 2) + 2;
    } else if (two == "R\"") {
      const std::size_t open = text.find('(', i);
      const std::string close = ")" + text.substr(i + 2, open - i - 2) + "\"";
      i = text.find(close, open) + close.size();
    } else if (text[i] == '"' ||
               (text[i] == '\'' && (i == 0 || !std::isalnum(static_cast<unsigned char>(text[i - 1]))))) {
      const char quote = text[i++];
      while (i < text.size() && text[i] != quote) i += text[i] == '\\' ? 2 : 1;
      ++i;
      out += "\"\"";
    } else {
      out += text[i++];
    }
  }
  return out;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

struct Found {
  int ours = 0;                     // libm::exp(...)
  std::vector<std::string> others;  // std::exp, array.exp(), exp(...)
};

// `defines`: the file may name its own functions exp, log ... without a namespace.
Found look(const std::string& text, bool defines) {
  const std::string code = code_of(text);
  const auto part_of_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  Found found;
  for (std::size_t i = 0; i < code.size();) {
    if (!part_of_name(code[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < code.size() && part_of_name(code[end])) ++end;
    std::string name = code.substr(i, end - i);
    const std::string before = code.substr(0, i);
    const bool call = end < code.size() && code[end] == '(';
    i = end;
    const bool builtin = name.rfind("__builtin_", 0) == 0;
    if (builtin) name.erase(0, 10);
    if (kStandard.count(name) && ends_with(before, "std::")) found.others.push_back("std::" + name);
    if (!kFunctions.count(name)) continue;
    if (ends_with(before, "libm::")) {
      ++found.ours;
    } else if (builtin || ends_with(before, "std::")) {
      found.others.push_back("std::" + name);
    } else if (call && (ends_with(before, ".") || ends_with(before, "->"))) {
      found.others.push_back("." + name + "()");
    } else if (call && !ends_with(before, "simd::") && !defines) {
      found.others.push_back(name + "()");
    }
  }
  return found;
}

TEST(LibmNames, AreFoundInEveryForm) {
  for (const char* bad :
       {"y = std::exp(x);", "apply(std::log);", "a.array().exp()", "p->tanh()", "y = sin(x);",
        "y = ::pow(x, 2);", "__builtin_log1p(x)", "std::polar(1, x)", "'a' + std::erf(x)", "1'000 * exp2(x)"})
    EXPECT_EQ(look(bad, false).others.size(), 1u) << bad;
  for (const char* good : {"libm::exp(x)", "simd::exp(p)", "\"std::exp(x)\"", "// std::exp(x)",
                           "/* exp(x) */ 1", "double log = 1;", "std::sqrt(x)", "R\"(exp(x))\"", "my_exp(x)",
                           "polar(1, x)", "'\"' + libm::log(x)"})
    EXPECT_TRUE(look(good, false).others.empty()) << good;
}

TEST(LibmNames, AreTheOnlyOnesInTheCore) {
  const fs::path root = IEMLAB_SOURCE_DIR;
  // Where functions of these names are declared; they call libm:: or work on packs of doubles.
  const std::set<std::string> defining = {"core/base/libm.h", "core/base/libm_complex.h", "core/math/dual.h",
                                          "core/math/simd.h"};
  // Its reference values are long doubles, more exact than what they are compared with; no state depends on
  // them.
  const std::string reference = "core/labs/activation/model/checks.cpp";
  int files = 0, calls = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root / "core")) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".cpp" && extension != ".h") continue;
    const std::string name = fs::relative(entry.path(), root).string();
    std::ifstream in(entry.path(), std::ios::binary);
    const Found found = look({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()},
                             defining.count(name) > 0);
    ++files;
    calls += found.ours;
    if (name == reference) continue;
    for (const std::string& other : found.others)
      ADD_FAILURE() << name << " calls " << other << ", not libm::";
  }
  EXPECT_GT(files, 200);
  EXPECT_GT(calls, 150);
}

}  // namespace
}  // namespace iem
